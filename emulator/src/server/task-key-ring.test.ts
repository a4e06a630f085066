import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '@rebatch/model';
import type { AttemptSpec } from '@rebatch/worker';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '../store/store.ts';
import { openTaskKeys } from './open-task-keys.ts';
import { TaskKeyRing } from './task-key-ring.ts';

const SPEC: AttemptSpec = {
  id: 'job-1.render.0.0',
  jobId: 'job-1',
  taskName: 'render',
  instanceId: 0,
  attempt: 0,
  instanceCount: 1,
  owner: '1000001',
  image: 'img',
  contract: 'docker',
  commandLine: 'true',
  env: {},
  inputs: [],
  outputs: [{ path: '/out/', url: 'oss://films/out/' }],
  logs: [],
  timeoutSeconds: 60,
  region: 'local',
};

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = undefined;
});

test('a task’s key is limited to its places, ends by itself, and is gone when it is taken back', () => {
  const clock = manualClock();
  const ring = new TaskKeyRing('secret', clock);
  const key = ring.issue(SPEC, 1000);
  expect(key).toEqual({
    id: expect.stringMatching(/^STS\.[0-9A-F]{24}$/),
    secret: expect.stringMatching(/^[0-9a-f]{40}$/),
    token: expect.stringMatching(/^[\w-]{64}$/),
  });
  expect(ring.find(key.id)).toEqual({
    id: key.id,
    secret: key.secret,
    owner: '1000001',
    temporary: { token: key.token, expiresAt: clock.now() + 1000 },
    grants: [{ bucket: 'films', prefix: 'out/', access: 'write' }],
  });
  ring.revoke('job-1.render.0.1');
  expect(ring.find(key.id)).toBeDefined();
  ring.revoke(SPEC.id);
  expect(ring.find(key.id)).toBeUndefined();
});

test('no two attempts and no two servers have the same key', () => {
  const clock = manualClock();
  const ring = new TaskKeyRing('secret', clock);
  const keys = [
    ring.issue(SPEC, 1000),
    ring.issue({ ...SPEC, id: 'job-1.render.0.1' }, 1000),
    new TaskKeyRing('other', clock).issue(SPEC, 1000),
  ];
  expect(new Set(keys.flatMap(({ id, secret, token }) => [id, secret, token])).size).toBe(9);
});

test('after a restart the keys of attempts that are under way count at once', async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-keys-'));
  const clock = manualClock();
  const attempts = join(folder, 'attempts');
  const store = openStore(join(folder, 'jobs.db'));
  try {
    const key = (await openTaskKeys(store, clock, attempts)).issue(SPEC, 1000);
    await mkdir(join(attempts, SPEC.id), { recursive: true });
    await writeFile(join(attempts, SPEC.id, 'spec.json'), JSON.stringify(SPEC));
    await mkdir(join(attempts, 'job-1.render.1.0'));
    const again = await openTaskKeys(store, clock, attempts);
    expect(again.find(key.id)).toMatchObject({ secret: key.secret, temporary: { token: key.token } });
  } finally {
    store.close();
  }
});
