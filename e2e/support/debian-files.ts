import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, runOk } from './run.ts';

/**
 * Leaves below `target` the files of Debian packages, and of those that they need beyond what `image` has: unpacked, not
 * configured. The host fetches them, since a container may not reach the package mirror.
 */
export async function debianFiles(image: string, packages: string[], target: string): Promise<void> {
  const folder = `${target}.debs`;
  await mkdir(join(folder, 'partial'), { recursive: true });
  const status = join(folder, 'status');
  await writeFile(status, await runOk('docker', ['run', '--rm', image, 'cat', '/var/lib/dpkg/status']));
  const settings = [`Dir::State::status=${status}`, `Dir::Cache::archives=${folder}`];
  // The host's own cache knows another status.
  const options = [...settings, 'Dir::Cache::pkgcache=', 'Dir::Cache::srcpkgcache='].flatMap((set) => [
    '-o',
    set,
  ]);
  const install = ['-y', '--no-install-recommends', '--download-only', ...options, 'install', ...packages];
  if ((await run('apt-get', install)).code !== 0) {
    await runOk('apt-get', ['update']);
    await runOk('apt-get', install);
  }
  for (const file of await readdir(folder)) {
    if (file.endsWith('.deb')) await runOk('dpkg-deb', ['--extract', join(folder, file), target]);
  }
  await rm(folder, { recursive: true });
}
