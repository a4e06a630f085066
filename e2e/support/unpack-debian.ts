import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from './paths.ts';
import { run, runOk } from './run.ts';

/** The folder with the files of one Debian package, fetched once into .cache: for programs that need no installing. */
export async function unpackDebian(name: string): Promise<string> {
  const target = join(CACHE, 'e2e/debian', name);
  if (existsSync(target)) return target;
  await mkdir(join(CACHE, 'e2e/debian'), { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'e2e/debian/new-'));
  if ((await run('apt-get', ['download', name], { cwd: folder })).code !== 0) {
    await runOk('apt-get', ['update']);
    await runOk('apt-get', ['download', name], { cwd: folder });
  }
  const archive = (await readdir(folder)).find((file) => file.endsWith('.deb')) ?? '';
  await runOk('dpkg-deb', ['--extract', join(folder, archive), join(folder, 'files')]);
  // Another test may have been quicker.
  await rename(join(folder, 'files'), target).catch(() => undefined);
  await rm(folder, { recursive: true });
  return target;
}
