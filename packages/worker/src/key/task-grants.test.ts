import { expect, test } from 'vitest';
import { attemptSpec } from '../testing/attempt-world.ts';
import { taskGrants } from './task-grants.ts';

const NOTHING = { inputs: [], outputs: [], logs: [] };

test('a key reads what the attempt reads and writes where its results go', () => {
  const spec = attemptSpec({
    packageUrl: 'oss://films/tool.tar.gz',
    inputs: [
      { url: 'oss://films/in/', path: '/in/', writable: false },
      { url: 'oss://films/both/', path: '/both/', writable: true },
    ],
    outputs: [
      { path: '/out/', url: 'oss://films/out/' },
      { path: 'rc', url: 'oss://films/rc' },
    ],
    logs: [{ path: '/x.log', url: 'oss://films/logs/' }],
  });
  expect(taskGrants(spec).map(({ access, prefix }) => `${access} ${prefix}`)).toEqual([
    'read tool.tar.gz',
    'read tool.tar.gz/',
    'read logs/stdout.job-1.render.0',
    'read logs/stdout.job-1.render.0/',
    'read logs/stderr.job-1.render.0',
    'read logs/stderr.job-1.render.0/',
    'read in/',
    'write both/',
    'write out/',
    'write rc',
    'write rc/',
    'write logs/',
  ]);
});

test('a bucket that is mapped whole may be used whole', () => {
  const outputs = [{ path: '/out/', url: 'oss://films' }];
  expect(taskGrants({ ...NOTHING, outputs })).toEqual([{ bucket: 'films', prefix: '', access: 'write' }]);
});

test('what is no place of the object store is left out', () => {
  const inputs = [{ url: 'nas://host:/share/', path: '/nas/', writable: false }];
  expect(taskGrants({ ...NOTHING, inputs })).toEqual([]);
});
