import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blackPng, PICTURE, signedProcess } from '../support/pictures.ts';
import { readPng } from '../support/png.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
/** Where the server keeps what it needs for a moment. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-e2e-pictures-'));
  server = await startServer({ executor: 'simulated', env: { TMPDIR: folder } });
  await server.objects.makeBucket('pictures');
  await server.objects.put('pictures', 'a.png', PICTURE);
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true });
});

const made = (key: string, process: string): Promise<Response> =>
  fetch(signedProcess(server, 'pictures', key, process));

const sizeOf = async (answer: Response): Promise<unknown> => {
  const { width, height } = readPng(Buffer.from(await answer.arrayBuffer()));
  return [width, height];
};

/** Numbers of the image programs that belong to the server's folder. */
async function programs(): Promise<number[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    numbers.map(async (pid) => {
      const about = async (name: string): Promise<string> =>
        readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
      const isOurs = (await about('status')).includes(`PPid:\t${server.pid}\n`);
      return isOurs && (await about('cmdline')).includes('image-program') ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

const folders = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith('rebatch-images-'));

test('nothing is started before a picture is asked for, and one picture too large costs no other', async () => {
  expect(await programs()).toEqual([]);
  expect(await sizeOf(await made('a.png', 'image/rotate,90'))).toEqual([20, 40]);
  expect(await programs()).toHaveLength(1);

  // 225 million pixels in 27 kB. Made smaller, few of them are in memory at once; as WebP, all.
  await server.objects.put('pictures', 'bomb.png', blackPng(15_000, 15_000));
  expect(await sizeOf(await made('bomb.png', 'image/resize,w_30'))).toEqual([30, 30]);
  const answers = await Promise.all([
    made('bomb.png', 'image/format,webp'),
    made('a.png', 'image/resize,w_10'),
    made('bomb.png', 'image/format,webp'),
    made('a.png', 'image/resize,w_20'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([400, 200, 400, 200]);
  expect(await answers[0]?.text()).toContain('<Code>ImageTooLarge</Code>');
});

test('the program that makes pictures goes with the server, also when that is killed', async () => {
  expect(await sizeOf(await made('a.png', 'image/rotate,90'))).toEqual([20, 40]);
  const [program] = await programs();
  expect(await folders()).toHaveLength(1);
  await server.kill();
  await until('its folder to be gone', async () => (await folders()).length === 0);
  await until(
    'the program to end',
    async () => (await readFile(`/proc/${program}/cmdline`, 'utf8').catch(() => '')) === '',
  );
});
