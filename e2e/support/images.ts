import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.ts';
import { withPip } from './pip.ts';
import { runOk } from './run.ts';

/** What `images/NAME/about.txt` says of an image of ours. */
export interface AboutImage {
  readonly name: string;
  readonly reference: string;
  readonly title: string;
  readonly budgetMb: number;
  /** `any`: its programs do not need root. */
  readonly user: string;
  /** A shell line that starts the image's program, and what that prints then, among others. */
  readonly program: string;
  readonly says: string;
}

export async function allImages(): Promise<AboutImage[]> {
  const folder = join(ROOT, 'images');
  const entries = await readdir(folder, { withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const text = await readFile(join(folder, name, 'about.txt'), 'utf8');
        const value = (key: string): string => new RegExp(`^${key}: (.*)$`, 'm').exec(text)?.[1] ?? '';
        return {
          name,
          reference: `rebatch/${name}:latest`,
          title: value('title'),
          budgetMb: Number(value('budget-mb')),
          user: value('user'),
          program: value('program'),
          says: value('says'),
        };
      }),
  );
}

/** Runs the SPDX project's own validator, which is installed once; throws what it finds wrong with the document. */
export async function validateSpdx(document: string): Promise<void> {
  const place = join(CACHE, 'e2e/spdx-tools-0.8.3');
  if (!existsSync(place)) {
    const staging = await mkdtemp(join(CACHE, 'spdx-tools-'));
    await withPip(async (pip) => void (await pip('install', '--target', staging, 'spdx-tools==0.8.3')));
    await rename(staging, place);
  }
  const main = 'from spdx_tools.spdx.clitools.pyspdxtools import main; main()';
  await runOk('/usr/bin/python3', ['-c', main, '-i', document], {
    env: { ...process.env, PYTHONPATH: place },
  });
}
