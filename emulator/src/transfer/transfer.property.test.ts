import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAppDescription } from '@rebatch/model';
import { dagJob } from '../scheduler/test-support/dag-job.ts';
import { type Farm, openFarm } from '../scheduler/test-support/open-farm.ts';
import { exportLines } from './export-lines.ts';
import { importRecords } from './import-records.ts';
import { parseImport } from './parse-import.ts';

const ME = { owner: '1000001' };
const OTHER = { owner: '2000002' };
const ALL = { marker: '', limit: 100 };

const exportOf = ({ store }: Farm, owner = ME.owner): string => [...exportLines(store, owner)].join('\n');

/** Jobs in all stages of their lives: some over, some failed, some stopped, some with work left. */
async function busyFarm(seed: number): Promise<Farm> {
  const farm = await openFarm({ simulate: `fail=0.3,duration=1s..9s,seed=${seed}`, slots: 3 });
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const tasks = { a: { instances: 1 + (n % 3), retries: n % 2, before: ['b'] }, b: { instances: 2 } };
    const { Id: id } = await farm.control.submitJob(ME, dagJob(tasks, { Name: `job${n}` }));
    ids.push(id);
  }
  let steps = 0;
  await farm.run(async () => ++steps > 5 + (seed % 25));
  const last = ids.at(-1)!;
  if (['Waiting', 'Running'].includes((await farm.control.getJob(ME, last)).State)) {
    await farm.control.stopJob(ME, last);
  }
  const app = parseAppDescription({
    Name: 'blender',
    CommandLine: 'render',
    VM: { ECSImageId: 'img-ubuntu' },
  });
  await farm.control.createApp(ME, app);
  await farm.control.modifyApp(ME, 'blender', { ...app, CommandLine: 'render again' });
  return farm;
}

test('what one server exports another one has afterwards, and what had work left can go on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), async (seed) => {
      const from = await busyFarm(seed);
      const to = await openFarm({ simulate: 'duration=1ms' });
      const text = exportOf(from);
      const records = parseImport(text);
      expect(importRecords(to.store, ME.owner, records, to.clock.now()).counts).toEqual({
        Jobs: 5,
        Apps: 1,
        KeptJobs: 0,
        KeptApps: 0,
      });
      const [before, after] = await Promise.all(
        [from, to].map(({ control }) => control.listJobs(ME, {}, ALL)),
      );
      for (const [index, old] of before!.Items.entries()) {
        const job = after!.Items[index]!;
        const over = !['Waiting', 'Running'].includes(old.State);
        expect({ ...job, Message: '', EndTime: '' }).toMatchObject({
          Id: old.Id,
          Name: old.Name,
          State: over ? old.State : 'Stopped',
          CreationTime: old.CreationTime,
          StartTime: old.StartTime,
          InstanceMetrics: over ? old.InstanceMetrics : { FinishedCount: old.InstanceMetrics.FinishedCount },
        });
        expect(await to.control.getJobDescription(ME, job.Id)).toEqual(
          await from.control.getJobDescription(ME, old.Id),
        );
        if (job.State !== 'Finished') await to.control.startJob(ME, job.Id);
      }
      expect(await to.control.getAppRevisions(ME, 'blender')).toEqual(
        await from.control.getAppRevisions(ME, 'blender'),
      );
      // Again changes nothing, and what was imported exports the same.
      expect(importRecords(to.store, ME.owner, records, to.clock.now()).counts).toEqual({
        Jobs: 0,
        Apps: 0,
        KeptJobs: 5,
        KeptApps: 1,
      });
      await to.run();
      expect((await to.control.listJobs(ME, { state: 'Finished' }, ALL)).Items).toHaveLength(5);
      expect(to.failures).toEqual([]);
      const again = parseImport(exportOf(to));
      expect(again).toHaveLength(records.length);
      await from.close();
      await to.close();
    }),
    { numRuns: 12 },
  );
});

test('an export that was cut off or changed anywhere is refused whole', async () => {
  const from = await busyFarm(14);
  const to = await openFarm();
  const text = exportOf(from);
  for (const length of [0, 10, text.indexOf('\n') + 1, text.length / 2, text.lastIndexOf('\n')]) {
    expect(() => parseImport(text.slice(0, length))).toThrow(/Line\.\d/);
  }
  const bad: [RegExp, string][] = [
    [/"state":"Finished"/, '"state":"Done"'],
    [/"Jobs":5/, '"Jobs":6'],
    [/"number":0/, '"number":99'],
    [/"id":"job-\w+"/, '"id":"../x"'],
    [/"createdAt":\d+/, '"createdAt":"soon"'],
    [/"CommandLine":"true"/, '"CommandLine":7'],
    [/"instances":\[/, '"instances":[{"number":0},{"number":0},'],
  ];
  for (const [what, instead] of bad) {
    expect(text).toMatch(what);
    expect(() => parseImport(text.replace(what, instead)), instead).toThrow(/Line\.\d/);
  }
  expect(exportOf(to).split('\n')).toHaveLength(2);
  await from.close();
  await to.close();
});

test('a job of another account is not taken over, and then nothing is imported', async () => {
  const farm = await openFarm({ slots: 0 });
  await farm.control.submitJob(ME, dagJob({ t: {} }));
  const records = parseImport(exportOf(farm));
  await farm.control.createApp(
    ME,
    parseAppDescription({ Name: 'x', CommandLine: 'y', VM: { ECSImageId: 'img-ubuntu' } }),
  );
  const withApp = [...parseImport(exportOf(farm)).filter(({ kind }) => kind === 'app'), ...records];
  expect(() => importRecords(farm.store, OTHER.owner, withApp, 0)).toThrow(/another account/);
  expect(exportOf(farm, OTHER.owner).split('\n')).toHaveLength(2);
  await farm.close();
});
