import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '@rebatch/model';
import { openFileStore } from '@rebatch/objects';
import { expect, onTestFinished, test } from 'vitest';
import { ClaimsSweep } from './claims-sweep.ts';

/** A sweep over a store of objects where two jobs claimed a frame each; of both no more is known than their ids. */
async function swept() {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-claims-'));
  const objects = await openFileStore({ dir, clock: manualClock() });
  onTestFinished(async () => {
    await objects.close();
    await rm(dir, { recursive: true });
  });
  await objects.createBucket('films', '1');
  for (const job of ['job-1', 'job-2']) {
    await objects.put('films', `out/.rebatch/${job}/claims/render/1`, noBytes());
  }
  const failures: unknown[] = [];
  const nothing = { findJob: () => undefined, readDag: () => undefined };
  const sweep = new ClaimsSweep(nothing, objects, (error) => failures.push(error));
  const keys = async () => (await objects.list('films')).objects.map(({ key }) => key);
  return { sweep, keys, failures, objects };
}

const deleted = { type: 'job', jobId: 'job-1', owner: '1', from: 'Failed', to: '' } as const;

test('the claims of a job that is deleted go, and no other’s', async () => {
  const { sweep, keys, failures } = await swept();
  sweep.take({ ...deleted, outputs: ['oss://films/out/'] });
  await sweep.close();
  expect(await keys()).toEqual(['out/.rebatch/job-2/claims/render/1']);
  expect(failures).toEqual([]);
});

test('the claims of a job that failed stay for its next start', async () => {
  const { sweep, keys } = await swept();
  sweep.take({ ...deleted, from: 'Running', to: 'Failed' });
  await sweep.close();
  expect(await keys()).toHaveLength(2);
});

test('what cannot be cleared is told, and stops nothing', async () => {
  const { sweep, failures, objects } = await swept();
  await objects.close();
  sweep.take({ ...deleted, outputs: ['oss://films/out/'] });
  await sweep.close();
  expect(failures).toHaveLength(1);
});

async function* noBytes(): AsyncGenerator<Uint8Array> {}
