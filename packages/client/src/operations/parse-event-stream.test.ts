import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { all } from '../testing/all.ts';
import { parseEventStream } from './parse-event-stream.ts';

const TEXT =
  'retry: 2000\n\n: still here\n\nid: 7\nevent: OnJobFinished\ndata: {"JobName":"nächtlich"}\n\ndata: a\ndata: b\n\nid: 9\ndata: cut off';

test('events are read however the bytes are cut, and comments and an unfinished event are not told', async () => {
  const bytes = Buffer.from(TEXT);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      const stream = (async function* () {
        yield* chunks;
      })();
      expect(await all(parseEventStream(stream))).toEqual([
        { id: '7', name: 'OnJobFinished', data: '{"JobName":"nächtlich"}' },
        { id: '', name: 'message', data: 'a\nb' },
      ]);
    }),
  );
});
