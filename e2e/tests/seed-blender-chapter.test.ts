import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../support/paths.ts';
import { readPng } from '../support/png.ts';
import { runPythonClient } from '../support/python-clients.ts';
import { tinyScene } from '../support/scenes.ts';
import { seedFramer } from '../support/seed-framer.ts';
import { type StartedServer, startServer } from '../support/server.ts';

const CHAPTER_RESULT = z.object({
  job: z.string(),
  states: z.array(z.string()),
  logs: z.record(z.string(), z.string()),
  pictures: z.array(z.string()),
  message: z.string(),
});

const framers: { name: string; text: () => Promise<string> | string }[] = [
  { name: 'our drop-in framer.py', text: () => readFile(join(ROOT, 'packages/frames/framer.py'), 'utf8') },
];
const seeds = seedFramer();
// The seed lies beside the checkout wherever the project is developed and tested; it is nobody's to copy into git.
if (seeds !== undefined) framers.push({ name: "the seed's framer.py", text: () => seeds });

let server: StartedServer | undefined;
let folder: string | undefined;
afterEach(async () => {
  await server?.dispose();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test.each(framers)(
  "the seed's Blender chapter gives every frame, with the vendor's SDK and $name",
  async ({ text }) => {
    folder = await mkdtemp(join(tmpdir(), 'rebatch-chapter-'));
    await copyFile(await tinyScene(), join(folder, 'scene.blend'));
    await writeFile(join(folder, 'framer.py'), await text());
    server = await startServer({ slots: 2 });

    const program = await runPythonClient('blender_chapter.py', folder, {
      API: server.api,
      OSS: server.oss,
      ACCESS_KEY_ID: server.accessKeyId,
      ACCESS_KEY_SECRET: server.accessKeySecret,
      BUCKET: 'blender-demo',
    });
    expect(program, program.stderr + program.stdout).toMatchObject({ code: 0 });

    const result = CHAPTER_RESULT.parse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')));
    expect(result.message).toBe('');
    expect(result.states.at(-1)).toBe('Finished');
    expect(result.pictures).toEqual(['0001.png', '0002.png', '0003.png', '0004.png']);

    const pictures = await Promise.all(
      (await readdir(join(folder, 'out'))).map(async (name) =>
        readPng(await readFile(join(folder ?? '', 'out', name))),
      ),
    );
    expect(pictures.map(({ width, height }) => `${width}x${height}`)).toEqual(Array(4).fill('96x54'));
    expect(new Set(pictures.map(({ pixels }) => pixels)).size).toBe(4);

    const logNames = Object.keys(result.logs).toSorted();
    expect(logNames).toEqual(
      [0, 1].map((n) =>
        expect.stringMatching(`oss://blender-demo/log/stdout\\.${result.job}\\.\\w+\\.${n}$`),
      ),
    );
    expect(result.logs[logNames[0] ?? '']).toContain("Saved: '/home/output/result/0001.png'");
    expect(result.logs[logNames[1] ?? '']).toContain("Saved: '/home/output/result/0004.png'");
  },
);
