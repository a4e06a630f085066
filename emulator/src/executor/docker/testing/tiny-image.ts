import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import Docker from 'dockerode';

const run = promisify(execFile);

const REPOSITORY = 'rebatch-test/tiny';
const APPLETS =
  'sh cat cp chmod date dd echo env false head id kill ln ls mkdir mkfifo mv pwd rm seq setsid sleep stat sync tail touch true wc yes';

/**
 * The name of a 2 MB image with a shell and small tools, made here from Debian's busybox-static when it is missing:
 * tests must not wait for an image registry, nor for `make images`.
 */
export function tinyImage(): Promise<string> {
  made ??= findOrBuild();
  return made;
}

let made: Promise<string> | undefined;

async function findOrBuild(): Promise<string> {
  const docker = new Docker();
  const image = `${REPOSITORY}:1`;
  const found = await docker.listImages({ filters: { reference: [image] } });
  if (found.length === 0) await buildTinyImage(docker);
  return image;
}

async function buildTinyImage(docker: Docker): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-tiny-'));
  try {
    const root = join(folder, 'root');
    await Promise.all(
      ['bin', 'tmp', 'root', 'etc'].map((name) => mkdir(join(root, name), { recursive: true })),
    );
    await copyFile(await busybox(folder), join(root, 'bin/busybox'));
    for (const applet of APPLETS.split(' ')) await symlink('busybox', join(root, 'bin', applet));
    await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:the sandbox:/root:/bin/sh\n');
    await importRoot(docker, root);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function busybox(folder: string): Promise<string> {
  await run('apt-get', ['download', 'busybox-static'], { cwd: folder });
  const archive = (await readdir(folder)).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error('apt-get did not download busybox-static');
  await run('dpkg-deb', ['-x', archive, 'package'], { cwd: folder });
  return join(folder, 'package/bin/busybox');
}

async function importRoot(docker: Docker, root: string): Promise<void> {
  const tar = spawn('tar', ['-C', root, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const progress = await docker.importImage(tar.stdout, { repo: REPOSITORY, tag: '1' });
  progress.resume();
  await finished(progress);
}
