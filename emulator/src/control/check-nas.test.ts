import { type NasFolder, parseJobDescription, parseNasUrl } from '@rebatch/model';
import { describe, expect, it } from 'vitest';
import { checkNas, nasUrlsOf } from './check-nas.ts';

const studio = parseNasUrl('nas://studio/films/');
const folders: NasFolder[] = studio === undefined ? [] : [{ url: studio, folder: '/mnt/films' }];

/** What is wrong with a job whose task says this of file servers. */
function refusal(part: object, { nas }: { nas?: readonly NasFolder[] } = { nas: folders }): string {
  const command = { CommandLine: 'true' };
  const task = { Parameters: { Command: command }, AutoCluster: { InstanceType: 'x' }, ...part };
  const job = parseJobDescription({ Name: 'j', Type: 'DAG', DAG: { Tasks: { render: task } } });
  const parsed = job.Type === 'DAG' ? job.DAG.Tasks['render'] : undefined;
  if (parsed === undefined) throw new Error('the task is gone');
  try {
    checkNas(nas, '1000001', nasUrlsOf(parsed, 'DAG.Tasks.render'));
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('A job that names a file server', () => {
  it('is taken when a folder of this host stands for it, or where no program runs', () => {
    expect(refusal({ InputMapping: { 'nas://studio:/films/a/': '/a/' } })).toBe('');
    expect(refusal({ OutputMapping: { '/out/': 'nas://studio/films/out/' } })).toBe('');
    expect(refusal({ InputMapping: { 'nas://other:/a/': '/a/' } }, {})).toBe('');
  });

  it.each([
    [{ InputMapping: { 'nas://other:/a/': '/a/' } }, 'InputMapping'],
    [{ OutputMapping: { '/out/': 'nas://other/a/' } }, 'OutputMapping'],
    [{ Mounts: { Entries: [{ Source: 'nas://other/a/', Destination: '/a/' }] } }, 'Mounts.Entries'],
  ])('is refused with the field and what to do when none does: %j', (part, field) => {
    expect(refusal(part)).toContain(
      `Specified parameter DAG.Tasks.render.${field} is not valid. nas://other`,
    );
    expect(refusal(part)).toContain('rebatch serve --nas nas://other/=/FOLDER');
  });

  it('is refused when a single file is to be put there', () => {
    expect(() => refusal({ OutputMapping: { '/out/rc': 'nas://studio/films/rc' } })).toThrow(
      'On a file server it must be a folder',
    );
  });
});
