import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type ManualClock, manualClock } from '@rebatch/model';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { pace, paceStream, type Pacing } from './pace.ts';

/** Bits per second: 100 KiB/s. */
const LIMIT = 819_200;

const atLimit = (clock: ManualClock): Pacing => ({ limit: LIMIT, clock, waitedMs: 0 });

async function* chunks(sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const [index, size] of sizes.entries()) {
    yield Buffer.alloc(size, index);
  }
}

/** Reads to the end, moving the clock on whenever nothing else can happen. Gives what came, and how long it took. */
async function readAll(
  body: AsyncIterable<Uint8Array>,
  clock: ManualClock,
): Promise<{ bytes: Buffer; ms: number; largest: number }> {
  const start = clock.now();
  const pieces: Uint8Array[] = [];
  const reading = Promise.withResolvers<'over'>();
  const read = async (): Promise<'over'> => {
    for await (const piece of body) pieces.push(piece);
    return 'over';
  };
  read().then(reading.resolve, reading.reject);
  while ((await Promise.race([reading.promise, setImmediate('not yet')])) !== 'over') {
    clock.runNext();
  }
  const largest = Math.max(0, ...pieces.map((piece) => piece.byteLength));
  return { bytes: Buffer.concat(pieces), ms: clock.now() - start, largest };
}

test('ten times as many bytes as may pass in a second take ten seconds, less the first piece', async () => {
  const clock = manualClock();
  const pacing = atLimit(clock);
  const { bytes, ms } = await readAll(pace(chunks([300_000, 724_000]), pacing), clock);
  expect(bytes.byteLength).toBe(1_024_000);
  expect(ms).toBeGreaterThan(9800);
  expect(ms).toBeLessThanOrEqual(10_000);
  expect(Math.round(pacing.waitedMs)).toBe(Math.round(ms));
});

test('whatever the chunks are, the bytes are the same, in small pieces, never faster than the limit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(60_000), { maxLength: 8 }), async (sizes) => {
      const clock = manualClock();
      const all = Buffer.concat(sizes.map((size, index) => Buffer.alloc(size, index)));
      const { bytes, ms, largest } = await readAll(pace(chunks(sizes), atLimit(clock)), clock);
      expect(bytes.equals(all)).toBe(true);
      expect(largest).toBeLessThanOrEqual(10_240);
      expect((all.byteLength - largest) / 102.4).toBeLessThanOrEqual(ms + sizes.length + 1);
    }),
    { numRuns: 25 },
  );
});

test('a pause is not made up for by a burst', async () => {
  const clock = manualClock();
  async function* withPause(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(10_240);
    clock.advance(60_000);
    yield Buffer.alloc(102_400);
  }
  const { ms } = await readAll(pace(withPause(), atLimit(clock)), clock);
  expect(ms - 60_000).toBeGreaterThan(700);
});

test('without a limit nothing is put in between', () => {
  const body = chunks([1]);
  const stream = Readable.from([]);
  const free = { limit: undefined, clock: manualClock(), waitedMs: 0 };
  expect(pace(body, free)).toBe(body);
  expect(paceStream(stream, free)).toBe(stream);
});

test.each(['before it began', 'in the middle'])(
  'a stream that is destroyed %s lets go of its source, at the latest when its next piece would be due',
  async (when) => {
    const clock = manualClock();
    const source = Readable.from(chunks([50_000, 50_000]));
    const stream = paceStream(source, atLimit(clock));
    if (when === 'in the middle') {
      await stream.iterator({ destroyOnReturn: false }).next();
    }
    stream.destroy();
    clock.runNext();
    await vi.waitFor(() => expect(source.destroyed).toBe(true));
  },
);
