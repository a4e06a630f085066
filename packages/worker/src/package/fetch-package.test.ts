import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create, Header } from 'tar';
import { describe, expect, it } from 'vitest';
import { type AttemptWorld, attemptWorld } from '../testing/attempt-world.ts';
import { fetchPackage } from './fetch-package.ts';

type Entry = { path: string; type?: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice'; linkpath?: string };

/** A gzip tar with one entry as it is described, however wicked. */
function tarOf({ path, type = 'File', linkpath = '' }: Entry): Uint8Array {
  const header = Buffer.alloc(512);
  new Header({ path, type, linkpath, size: 0, mode: 0o644 }).encode(header);
  return gzipSync(Buffer.concat([header, Buffer.alloc(1024)]));
}

async function fetchInto(world: AttemptWorld, key: string): Promise<string> {
  const work = join(world.root, 'work');
  await mkdir(work, { recursive: true });
  const temporary = join(world.root, 'package');
  await fetchPackage(`oss://films/${key}`, work, temporary, world.objects, new AbortController().signal);
  return work;
}

describe('a package', () => {
  it('that is a gzip tar is unpacked with modes and folders, whatever its name', async () => {
    await using world = await attemptWorld();
    const source = await mkdtemp(join(tmpdir(), 'rebatch-package-'));
    await mkdir(join(source, 'lib'));
    await writeFile(join(source, 'main.py'), 'print()', { mode: 0o755 });
    await writeFile(join(source, 'lib/help.py'), '#');
    const file = join(world.root, 'made.tar.gz');
    await create({ gzip: true, file, cwd: source }, ['main.py', 'lib']);
    await rm(source, { recursive: true });
    await world.put('any-name', await readFile(file));
    const work = await fetchInto(world, 'any-name');
    expect((await readdir(work)).toSorted()).toEqual(['lib', 'main.py']);
    expect((await stat(join(work, 'main.py'))).mode & 0o111).toBe(0o111);
    expect(await readFile(join(work, 'lib/help.py'), 'utf8')).toBe('#');
  });

  it('that is anything else is one executable file under its base name', async () => {
    await using world = await attemptWorld();
    await world.put('deep/worker', '#!/bin/sh\nexit 0\n');
    const work = await fetchInto(world, 'deep/worker');
    expect((await stat(join(work, 'worker'))).mode & 0o777).toBe(0o755);
  });

  it('that is gzip but no tar is one file, too', async () => {
    await using world = await attemptWorld();
    await world.put('data.gz', gzipSync('just text'));
    expect(await readdir(await fetchInto(world, 'data.gz'))).toEqual(['data.gz']);
  });

  it('that is called tar.gz and is none fails, naming the URL', async () => {
    await using world = await attemptWorld();
    await world.put('worker.tar.gz', 'no archive');
    await expect(fetchInto(world, 'worker.tar.gz')).rejects.toThrow(
      'oss://films/worker.tar.gz is no gzip tar, though its name says so',
    );
  });

  it('that is cut short fails', async () => {
    await using world = await attemptWorld();
    const content = randomBytes(5120);
    const whole = gzipSync(Buffer.concat([tarHeader('a', content.length), content, Buffer.alloc(1024)]));
    await world.put('worker.tar.gz', whole.subarray(0, whole.length - 20));
    await expect(fetchInto(world, 'worker.tar.gz')).rejects.toThrow('cannot be unpacked');
  });

  const wicked: { title: string; entry: Entry }[] = [
    { title: 'a path above the work folder', entry: { path: '../up' } },
    { title: 'a path that climbs in its middle', entry: { path: 'a/../../up' } },
    { title: 'an absolute path', entry: { path: '/tmp/rebatch-absolute' } },
    { title: 'an absolute link', entry: { path: 'link', type: 'SymbolicLink', linkpath: '/etc/passwd' } },
    { title: 'a link that climbs', entry: { path: 'a/link', type: 'SymbolicLink', linkpath: '../../up' } },
    { title: 'a hard link that climbs', entry: { path: 'link', type: 'Link', linkpath: '../up' } },
    { title: 'a device', entry: { path: 'dev', type: 'CharacterDevice' } },
  ];
  it.each(wicked)('with $title fails and leaves nothing outside', async ({ entry }) => {
    await using world = await attemptWorld();
    await world.put('evil.tar.gz', tarOf(entry));
    await expect(fetchInto(world, 'evil.tar.gz')).rejects.toMatchObject({ code: 'InvalidPackagePath' });
    expect(await readdir(join(world.root, 'work'))).toEqual([]);
    expect(await readdir(world.root)).not.toContain('up');
  });
});

function tarHeader(path: string, size: number): Uint8Array {
  const header = Buffer.alloc(512);
  new Header({ path, type: 'File', size, mode: 0o644 }).encode(header);
  return header;
}
