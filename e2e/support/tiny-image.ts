import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run, runOk } from './run.ts';
import { unpackDebian } from './unpack-debian.ts';

const BASE = 'rebatch-e2e/tiny:1';
const APPLETS = 'sh cat echo false head ls mkdir mkfifo rm sleep stty true wc'.split(' ');

export interface TinyImage {
  /** What its programs find in $WORDS. */
  words: string;
  /** Text by path, beside the shell and small tools that every such image has. */
  files?: Record<string, string>;
}

/** Makes a 2 MB image under a name of the local Docker; the caller removes it. */
export async function tinyImage(name: string, { words, files = {} }: TinyImage): Promise<void> {
  await makeBase();
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-tiny-'));
  try {
    await mkdir(join(folder, 'files'));
    for (const [path, text] of Object.entries({ ...files, 'etc/words': words })) {
      await mkdir(dirname(join(folder, 'files', path)), { recursive: true });
      await writeFile(join(folder, 'files', path), text);
    }
    const lines = [`FROM ${BASE}`, 'COPY files /', `ENV WORDS=${JSON.stringify(words)}`];
    await writeFile(join(folder, 'Dockerfile'), lines.join('\n'));
    await runOk('docker', ['build', '-q', '-t', name, folder]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function makeBase(): Promise<void> {
  if ((await run('docker', ['image', 'inspect', BASE])).code === 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-tiny-'));
  try {
    await mkdir(join(folder, 'bin'));
    await copyFile(join(await unpackDebian('busybox-static'), 'bin/busybox'), join(folder, 'bin/busybox'));
    for (const applet of APPLETS) await symlink('busybox', join(folder, 'bin', applet));
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY bin /bin\n');
    await runOk('docker', ['build', '-q', '-t', BASE, folder]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
