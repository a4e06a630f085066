import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { type Clock, manualClock, systemClock } from '@rebatch/model';
import sharp from 'sharp';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ImageLimits } from './image-job.ts';
import { createImageProcessor, type ImageProcessor } from './image-processor.ts';
import { parseActions } from './parse-actions.ts';

const opened: ImageProcessor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((processor) => processor.close()));
});

function start(clock: Clock, limits?: ImageLimits): ImageProcessor {
  const processor = createImageProcessor(clock, limits);
  opened.push(processor);
  return processor;
}

const source = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();

const streamed = async (): Promise<Readable> => Readable.from([await source()]);

/** Numbers of the image programs that this process has started. */
function programs(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return status.includes(`PPid:\t${process.pid}\n`) && command.includes('image-program');
      } catch {
        // It has ended meanwhile.
        return false;
      }
    });
}

const size = async (bytes: Promise<Buffer>): Promise<unknown> => {
  const { width, height } = await sharp(await bytes).metadata();
  return [width, height];
};

test('the program is started by the first picture, and ends when none was asked for in half a minute', async () => {
  const before = programs();
  const clock = manualClock(0);
  const processor = start(clock);
  expect(programs()).toEqual(before);
  const actions = parseActions('resize,w_20');
  const first = await processor.process(streamed, actions);
  expect(await size(buffer(first.body))).toEqual([20, 10]);
  const started = programs().filter((pid) => !before.includes(pid));
  expect(started).toHaveLength(1);
  await processor.process(streamed, actions).then(({ body }) => body.destroy());
  expect(programs().filter((pid) => !before.includes(pid))).toEqual(started);
  clock.advance(30_000);
  await vi.waitUntil(() => !programs().includes(started[0] ?? 0));
  const again = await processor.process(streamed, actions);
  expect(await size(buffer(again.body))).toEqual([20, 10]);
});

test('pictures that are asked for at the same time are all made', async () => {
  const processor = start(systemClock);
  const widths = [1, 2, 3, 4, 5, 6, 7, 8];
  const sizes = widths.map(async (width) =>
    size(buffer((await processor.process(streamed, parseActions(`resize,m_fixed,w_${width},h_9`))).body)),
  );
  expect(await Promise.all(sizes)).toEqual(widths.map((width) => [width, 9]));
});

test.each([
  { limits: { processorMs: 0, residentBytes: 2 ** 40 }, says: 'takes too long' },
  { limits: { processorMs: 10 ** 9, residentBytes: 1 }, says: 'too much memory' },
])(
  'a picture that needs more than $limits is given up, and its program with it',
  async ({ limits, says }) => {
    const before = programs();
    const processor = start(systemClock, limits);
    // Some seconds of work: it is looked after meanwhile.
    const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
    const large = await sharp({
      create: { width: 300, height: 300, channels: 3, background: '#000', noise },
    })
      .png()
      .toBuffer();
    const slow = parseActions('resize,w_3000,limit_0/blur,r_50,s_50/blur,r_50,s_50/format,avif');
    const asked = processor.process(async () => Readable.from([large]), slow);
    await expect(asked).rejects.toThrow(says);
    expect(programs()).toEqual(before);
  },
);

async function* brokenOff(): AsyncGenerator<Buffer> {
  yield Buffer.from('x');
  throw new Error('the disk is broken');
}

test('a failed source is its own failure, and the next picture is made', async () => {
  const processor = start(systemClock);
  await expect(
    processor.process(async () => Readable.from(brokenOff()), parseActions('rotate,90')),
  ).rejects.toThrow('the disk is broken');
  const made = await processor.process(streamed, parseActions('rotate,90'));
  expect(await size(buffer(made.body))).toEqual([20, 40]);
});

test('a source that never ends is given up after five minutes', async () => {
  const clock = manualClock(0);
  const processor = start(clock);
  const begun = Promise.withResolvers<void>();
  const endless = async (): Promise<Readable> => {
    begun.resolve();
    return new Readable({ read() {} });
  };
  const asked = processor.process(endless, parseActions('rotate,90'));
  const given = asked.catch(String);
  await begun.promise;
  clock.advance(300_000);
  expect(await given).toContain('Abort');
  const made = await processor.process(streamed, parseActions('rotate,90'));
  expect(await size(buffer(made.body))).toEqual([20, 40]);
});

test('a program that dies over a picture takes only that picture with it', async () => {
  const before = programs();
  const processor = start(systemClock);
  const actions = parseActions('rotate,90');
  await processor.process(streamed, actions).then(({ body }) => body.destroy());
  const [program = 0] = programs().filter((pid) => !before.includes(pid));
  const killing = async (): Promise<Readable> => {
    process.kill(program, 'SIGSTOP');
    const read = await streamed();
    read.once('end', () => process.kill(program, 'SIGKILL'));
    return read;
  };
  await expect(processor.process(killing, actions)).rejects.toThrow('cannot be decoded');
  const made = await processor.process(streamed, actions);
  expect(await size(buffer(made.body))).toEqual([20, 40]);
});

test('no file is left behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-left-behind-'));
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  const processor = start(systemClock);
  const made = await processor.process(streamed, parseActions('rotate,90'));
  const [own = ''] = readdirSync(folder);
  expect(readdirSync(join(folder, own))).toEqual([]);
  expect(await size(buffer(made.body))).toEqual([20, 40]);
  await processor.close();
  expect(readdirSync(folder)).toEqual([]);
});

const never = (): Promise<Readable> => Promise.reject(new Error('not this one'));

test('more than a hundred waiting pictures are too many', async () => {
  const processor = start(systemClock);
  const asked = Array.from({ length: 101 }, () => processor.process(never, parseActions('rotate,90')));
  const outcomes = await Promise.allSettled(asked);
  const reasons = outcomes.map((outcome) =>
    outcome.status === 'rejected' ? String(outcome.reason) : 'made',
  );
  expect(reasons.filter((reason) => reason.includes('not this one'))).toHaveLength(100);
  expect(reasons.at(-1)).toContain('Too many images');
});

test('without the library, which is optional, the answer says what is missing', async () => {
  // Beside this copy there is no node_modules in which it could be found.
  const elsewhere = await mkdtemp(join(tmpdir(), 'rebatch-no-sharp-'));
  onTestFinished(() => rm(elsewhere, { recursive: true }));
  await cp(import.meta.dirname, elsewhere, { recursive: true });
  const copied: typeof import('./image-processor.ts') = await import(join(elsewhere, 'image-processor.ts'));
  const processor = copied.createImageProcessor(systemClock);
  const asked = processor.process(streamed, parseActions('rotate,90'));
  await expect(asked).rejects.toThrow('needs the package sharp ("npm install sharp"');
  await expect(asked).rejects.toMatchObject({ problem: { status: 501, code: 'NotImplemented' } });
});
