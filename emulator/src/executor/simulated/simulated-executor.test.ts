import { type ManualClock, manualClock } from '@rebatch/model';
import type { AttemptEvent, AttemptSpec } from '@rebatch/worker';
import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Executor } from '../executor.ts';
import { chance } from './chance.ts';
import { parseSimulation } from './parse-simulation.ts';
import { openSandboxJournal } from './sandbox-journal.ts';
import { simulatedExecutor } from './simulated-executor.ts';

const spec = (id: string, timeoutSeconds = 60): AttemptSpec => ({
  id,
  jobId: 'job',
  taskName: 'a',
  instanceId: 0,
  attempt: 0,
  instanceCount: 1,
  owner: '1',
  image: 'none',
  contract: 'vm',
  commandLine: 'true',
  env: {},
  inputs: [],
  outputs: [],
  logs: [],
  timeoutSeconds,
  region: 'local',
});

async function open(
  simulate: string,
): Promise<{ executor: Executor; clock: ManualClock; events: AttemptEvent[] }> {
  const clock = manualClock(0);
  const executor = simulatedExecutor({ clock, slots: 9, simulation: parseSimulation(simulate) });
  const events: AttemptEvent[] = [];
  await executor.open({ event: (event) => events.push(event), healthChanged: () => {} });
  return { executor, clock, events };
}

test('a temporary machine boots before its attempt starts; one of a cluster is there already', async () => {
  const { executor, clock, events } = await open('duration=2s,boot=3s');
  executor.start(spec('temporary'));
  executor.start({ ...spec('clustered'), nodeId: 'i-1' });
  clock.advance(2999);
  expect(events.map(({ type, attemptId }) => `${type} ${attemptId}`)).toEqual([
    'started clustered',
    'ended clustered',
  ]);
  clock.advance(1);
  expect(events.at(-1)).toEqual({ type: 'started', attemptId: 'temporary', at: 3000, nodeIp: '127.0.0.1' });
  clock.advance(2000);
  expect(events.at(-1)).toMatchObject({ type: 'ended', attemptId: 'temporary', at: 5000 });
});

test('an attempt starts, takes its time and ends, and is listed until it is forgotten', async () => {
  const { executor, clock, events } = await open('duration=2s');
  executor.start(spec('x'));
  executor.start(spec('x'));
  expect(events).toEqual([]);
  clock.advance(1999);
  expect(events).toEqual([{ type: 'started', attemptId: 'x', at: 0, nodeIp: '127.0.0.1' }]);
  clock.advance(1);
  expect(events.at(-1)).toEqual({
    type: 'ended',
    attemptId: 'x',
    at: 2000,
    outcome: { kind: 'exited', exitCode: 0 },
  });
  expect(events).toHaveLength(2);
  expect(await executor.list()).toEqual(['x']);
  executor.forget('x');
  expect(await executor.list()).toEqual([]);
});

test('a stopped attempt ends as stopped, once', async () => {
  const { executor, clock, events } = await open('duration=1h');
  executor.start(spec('x'));
  clock.advance(5);
  executor.stop('x');
  executor.stop('unknown');
  clock.advance(10_000_000);
  expect(events.map((event) => (event.type === 'ended' ? event.outcome : event.type))).toEqual([
    'started',
    { kind: 'stopped' },
  ]);
});

test('what runs longer than its timeout is killed then', async () => {
  const { executor, clock, events } = await open('duration=1h');
  executor.start(spec('x', 3));
  clock.advance(3000);
  expect(events.at(-1)).toMatchObject({ at: 3000, outcome: { kind: 'killed', reason: 'timeout' } });
});

/** How a thousand attempts end. */
const outcomes = async (): Promise<string[]> => {
  const { executor, clock, events } = await open('fail=0.5,lost=0.2,seed=4');
  for (let n = 0; n < 1000; n++) executor.start(spec(`attempt-${n}`));
  clock.advance(1000);
  return events.flatMap((event) => (event.type === 'ended' ? [JSON.stringify(event)] : []));
};

test('about as many fail and are lost as was asked for, and the same ones every time', async () => {
  const first = await outcomes();
  expect(await outcomes()).toEqual(first);
  const lost = first.filter((text) => text.includes('lost')).length;
  const failed = first.filter((text) => text.includes('"exitCode":1')).length;
  expect(lost).toBeGreaterThan(150);
  expect(lost).toBeLessThan(250);
  expect(failed).toBeGreaterThan(330);
  expect(failed).toBeLessThan(470);
});

test('a draw depends on the seed and the text only, and stays within [0, 1)', () => {
  fc.assert(
    fc.property(fc.nat(), fc.string(), (seed, text) => {
      const draw = chance(seed, text);
      const again = chance(seed, text);
      for (let n = 0; n < 5; n++) {
        const value = draw();
        expect(value).toBe(again());
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(1);
      }
    }),
  );
});

test('sandboxes with a journal outlive the server: the next one finds them and hears how they went', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rebatch-simulated-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = manualClock(0);
  const life = async (): Promise<{ executor: Executor; events: AttemptEvent[] }> => {
    const executor = simulatedExecutor({
      clock,
      slots: 9,
      simulation: parseSimulation('duration=1s'),
      journal: openSandboxJournal(join(folder, 'journal')),
    });
    const events: AttemptEvent[] = [];
    await executor.open({ event: (event) => events.push(event), healthChanged: () => {} });
    return { executor, events };
  };

  const first = await life();
  for (const id of ['gone', 'ends', 'runs', 'unwanted']) first.executor.start(spec(id));
  clock.advance(0);
  first.executor.stop('gone');
  clock.advance(0);
  first.executor.forget('gone');
  // Nothing but what the journal holds reaches the next life.
  await first.executor.close();
  clock.advance(400);

  const second = await life();
  expect(await second.executor.list()).toEqual(['ends', 'runs', 'unwanted']);
  second.executor.start(spec('runs'));
  second.executor.stop('unwanted');
  clock.advance(599);
  expect(second.events).toEqual([
    { type: 'started', attemptId: 'runs', at: 0, nodeIp: '127.0.0.1' },
    { type: 'ended', attemptId: 'unwanted', at: 400, outcome: { kind: 'stopped' } },
  ]);
  clock.advance(1);
  expect(second.events.at(-1)).toMatchObject({ attemptId: 'runs', at: 1000, outcome: { exitCode: 0 } });
  clock.advance(500);
  second.executor.start(spec('ends'));
  clock.advance(0);
  expect(second.events.at(-1)).toMatchObject({ attemptId: 'ends', at: 1000 });
});
