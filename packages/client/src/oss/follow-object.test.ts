import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { testServer } from '../testing/test-server.ts';
import type { ObjectReader } from './download-types.ts';
import { followObject } from './follow-object.ts';
import { OssError } from './oss-error.ts';

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

interface Log {
  attempt: string;
  text: string;
}

/** A store in which one log has these states over time; undefined: it is away. */
function storeOf(states: readonly (Log | undefined)[]): {
  reader: ObjectReader;
  next: () => void;
  last: () => boolean;
} {
  let state = 0;
  return {
    next: () => void (state += 1),
    last: () => state === states.length - 1,
    reader: {
      async get(_bucket, _key, range = { start: 0 }) {
        const log = states[state];
        if (log === undefined) throw Object.assign(new Error('the line broke'), { code: 'ECONNRESET' });
        if (range.start >= log.text.length) throw new OssError(416, 'InvalidRange', '', '', '');
        const bytes = Buffer.from(log.text).subarray(range.start, (range.end ?? log.text.length) + 1);
        const facts = {
          size: log.text.length,
          etag: '',
          crc64: '',
          lastModified: 0,
          contentType: '',
          versionId: '',
        };
        return {
          ...facts,
          userMetadata: { 'rebatch-attempt-id': log.attempt },
          body: Readable.from([bytes]),
        };
      },
    },
  };
}

async function followStates(states: readonly (Log | undefined)[], end?: number): Promise<string[]> {
  const { reader, next, last } = storeOf(states);
  const url = { bucket: 'demo', key: 'log' };
  const pause = async (): Promise<void> => (last() ? undefined : next());
  const chunks = followObject(reader, url, { ended: last, pause, ...(end === undefined ? {} : { end }) });
  return (await Array.fromAsync(chunks)).map(String);
}

test('reads from the start again when a retry’s log is longer already', async () => {
  const states = [
    { attempt: 'a', text: 'first' },
    { attempt: 'b', text: 'second try' },
  ];
  expect(await followStates(states)).toEqual(['first', 'second try']);
});

test('waits for a store that is away, also when nothing more will be added', async () => {
  const whole = { attempt: 'a', text: 'one two' };
  expect(await followStates([{ attempt: 'a', text: 'one' }, undefined, undefined, whole])).toEqual([
    'one',
    ' two',
  ]);
});

test('gives up a store that stays away', async () => {
  await expect(followStates([undefined])).rejects.toThrow('the line broke');
});

test('stops where it is told to', async () => {
  expect(await followStates([{ attempt: 'a', text: 'abcdef' }], 4)).toEqual(['abcd']);
});
