import { expect, test } from 'vitest';
import { testServer } from '../testing/test-server.ts';
import { followObject } from './follow-object.ts';

/** Follows an object whose contents over time are `steps`: one each time the follower pauses. */
async function follow(steps: readonly string[]): Promise<string[]> {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  let step = 0;
  const seen: string[] = [];
  const chunks = followObject(
    objects,
    { bucket: 'demo', key: 'log' },
    {
      ended: () => step >= steps.length,
      pause: async () => {
        await objects.put('demo', 'log', steps[step] ?? '');
        step += 1;
      },
    },
  );
  for await (const chunk of chunks) seen.push(chunk.toString());
  return seen;
}

test('waits for a log that is not there yet and gives what is added, each byte once', async () => {
  expect(await follow(['', 'one\n', 'one\n', 'one\ntwo\n', 'one\ntwo\nthree'])).toEqual([
    'one\n',
    'two\n',
    'three',
  ]);
});

test('reads from the start again when a retry replaces the log by a shorter one', async () => {
  expect(await follow(['first try\n', 'x\n', 'x\ny\n'])).toEqual(['first try\n', 'x\n', 'y\n']);
});

test('reads what was written right before the end', async () => {
  expect(await follow(['all at once'])).toEqual(['all at once']);
});
