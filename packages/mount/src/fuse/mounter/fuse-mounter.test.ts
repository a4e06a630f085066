import { execFile } from 'node:child_process';
import {
  appendFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { MountError } from '../../mount-error.ts';
import { encodeName } from '../../names/charset.ts';
import { fuseWorld } from '../../testing/fuse-world.ts';

const run = promisify(execFile);

/** What the kernel has of a file. */
async function bytesCached(path: string): Promise<number> {
  const { stdout } = await run('fincore', ['--bytes', '--noheadings', '--output', 'RES', path]);
  return Number(stdout);
}

describe('A prefix mounted with FUSE', () => {
  it('shows every object as a readable, executable, unwritable file with size and time of the object', async () => {
    await using world = await fuseWorld({ 'in/a.txt': 'alpha', 'in/deep/b.txt': 'beta', 'in/empty/': '' });
    const { path } = await world.mount('in/');
    expect((await readdir(path)).toSorted()).toEqual(['a.txt', 'deep', 'empty']);
    expect(await readFile(join(path, 'deep/b.txt'), 'utf8')).toBe('beta');
    const stats = await stat(join(path, 'a.txt'));
    const object = await world.objects.head('films', 'in/a.txt');
    expect([stats.mode & 0o777, stats.size, stats.uid]).toEqual([0o555, 5, 0]);
    expect(Math.floor(stats.mtimeMs)).toBe(Math.floor(object.lastModified));
    expect((await stat(join(path, 'empty'))).isDirectory()).toBe(true);
    await expect(stat(join(path, 'a.txt/x'))).rejects.toThrow('ENOTDIR');
    await expect(stat(join(path, 'nothing'))).rejects.toThrow('ENOENT');
    expect((await statfs(path)).type).toBeGreaterThan(0);
  });

  it('gives back every byte of files of many blocks, from any place', async () => {
    await using world = await fuseWorld({});
    const bytes = Buffer.alloc(11 * 1024 * 1024 + 77);
    for (let at = 0; at < bytes.length; at += 4)
      bytes.writeUInt32LE(((at * 2654435761) % 2 ** 32) >>> 0, Math.min(at, bytes.length - 4));
    await world.putBytes('in/large', bytes);
    const { path } = await world.mount('in/');
    expect((await readFile(join(path, 'large'))).equals(bytes)).toBe(true);
    const file = await open(join(path, 'large'));
    const part = Buffer.alloc(300_000);
    const { bytesRead } = await file.read(part, 0, part.length, bytes.length - 100_000);
    await file.close();
    expect(part.subarray(0, bytesRead).equals(bytes.subarray(bytes.length - 100_000))).toBe(true);
  });

  it('runs a program that is an object', async () => {
    await using world = await fuseWorld({ 'bin/hello': '#!/bin/sh\necho "hello $1"\n' });
    const { path } = await world.mount('bin/');
    // Through a shell: this process answers for the objects, and waits while it starts a program itself.
    const { stdout } = await run('/bin/sh', ['-c', '"$0" world', join(path, 'hello')]);
    expect(stdout).toBe('hello world\n');
  });

  it('keeps what is written under it, tells new and changed files, and never touches an object', async () => {
    await using world = await fuseWorld({
      'in/same': 's',
      'in/grown': 'g',
      'in/gone': 'x',
      'in/sub/old': 'o',
    });
    const mounted = await world.mount('in/');
    const { path } = mounted;
    expect(await mounted.diff()).toEqual([]);
    await appendFile(join(path, 'grown'), 'rown');
    await rm(join(path, 'gone'));
    await writeFile(join(path, 'sub/new'), 'n');
    await mkdir(join(path, 'made/deep'), { recursive: true });
    await writeFile(join(path, 'made/deep/file'), 'f');
    await rename(join(path, 'sub/old'), join(path, 'sub/moved'));
    expect(await mounted.diff()).toEqual(['grown', 'made/deep/file', 'sub/moved', 'sub/new']);
    expect(await readFile(join(path, 'grown'), 'utf8')).toBe('grown');
    expect((await readdir(path)).toSorted()).toEqual(['grown', 'made', 'same', 'sub']);
    expect(await world.text('in/grown')).toBe('g');
    expect(await world.text('in/gone')).toBe('x');
  });

  it('shows the old listing and fails a read, with a line in the log, once an object changed', async () => {
    await using world = await fuseWorld({ 'in/a': 'first', 'in/b': 'stays' });
    const { path } = await world.mount('in/');
    await world.put('in/a', 'other');
    await expect(readFile(join(path, 'a'))).rejects.toThrow('EIO');
    expect(await readFile(join(path, 'b'), 'utf8')).toBe('stays');
    await vi.waitUntil(() =>
      world.warnings.some((line) => line.includes('oss://films/in/a was changed or deleted')),
    );
    const later = await world.mount('in/');
    expect(await readFile(join(later.path, 'a'), 'utf8')).toBe('other');
  });

  it('shares one listing between attempts while nothing changes', async () => {
    await using world = await fuseWorld({ 'in/a': 'a' });
    await world.mount('in/');
    await world.mount('in/');
    expect(await world.snapshots()).toBe(1);
    await world.put('in/b', 'b');
    expect(await readdir((await world.mount('in/')).path)).toEqual(['a', 'b']);
    expect(await world.snapshots()).toBe(2);
  });

  it('shares what the kernel has of a file with a later listing, until the object changes', async () => {
    await using world = await fuseWorld({ 'in/same': 'same', 'in/other': 'before' });
    const first = await world.mount('in/');
    for (const name of ['same', 'other']) await readFile(join(first.path, name));
    await world.put('in/other', 'after!');
    const second = await world.mount('in/');
    const single = await world.mount('in/same', 'file');
    expect(await bytesCached(join(second.path, 'same'))).toBeGreaterThan(0);
    expect(await bytesCached(single.path)).toBeGreaterThan(0);
    expect(await bytesCached(join(second.path, 'other'))).toBe(0);
    expect(await readFile(join(second.path, 'other'), 'utf8')).toBe('after!');
    // What a program changes in one mount is nobody else's.
    await writeFile(join(second.path, 'same'), 'mine');
    expect(await second.diff()).toEqual(['same']);
    expect(await readFile(join(first.path, 'same'), 'utf8')).toBe('same');
    expect(await readFile(single.path, 'utf8')).toBe('same');
    expect(await first.diff()).toEqual([]);
  });

  it('can be a single object, and tells when the program changed it', async () => {
    await using world = await fuseWorld({ 'scene.blend': 'scene' });
    const mounted = await world.mount('scene.blend', 'file');
    expect(await readFile(mounted.path, 'utf8')).toBe('scene');
    expect(await mounted.diff()).toEqual([]);
    await writeFile(mounted.path, 'another scene');
    expect(await mounted.diff()).toEqual(['']);
  });

  it('shows names in GBK to a program that wants it, and tells what it changed in the same bytes', async () => {
    await using world = await fuseWorld({ 'in/场景/镜头.max': 'scene', 'in/😀': 'x' });
    const path = (await world.mount('in/', 'folder', 'gbk')).path;
    const gbk = (text: string): Buffer => Buffer.concat([Buffer.from(`${path}/`), encodeName(text, 'gbk')]);
    expect(await readdir(path, { encoding: 'buffer' })).toEqual([
      encodeName('😀', 'gbk'),
      encodeName('场景', 'gbk'),
    ]);
    expect(await readFile(gbk('场景/镜头.max'), 'utf8')).toBe('scene');
    await expect(stat(join(path, '场景'))).rejects.toThrow('ENOENT');
    await writeFile(gbk('场景/结果'), 'result');
    const adopted = await world.adopt(0, 'in/', 'gbk');
    expect(await adopted.diff()).toEqual([encodeName('场景/结果', 'gbk')]);
    expect(await readdir((await world.mount('in/')).path)).toEqual(['场景', '😀']);
  });

  it('is an empty, writable folder when there are no objects', async () => {
    await using world = await fuseWorld({});
    const mounted = await world.mount('nothing/');
    await writeFile(join(mounted.path, 'new'), 'n');
    expect(await mounted.diff()).toEqual(['new']);
  });

  it('leaves nothing behind after release, and can be released again', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha' });
    const { path } = await world.mount('in/');
    await world.mounter.release(world.target(0));
    await world.mounter.release(world.target(0));
    await expect(stat(path)).rejects.toThrow('ENOENT');
    await expect(stat(world.target(0))).rejects.toThrow('ENOENT');
  });

  it('is found again by a later server, with the changes that were made', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha' });
    const first = await world.mount('in/');
    await writeFile(join(first.path, 'new'), 'n');
    await world.restart();
    const adopted = await world.adopt(0, 'in/');
    expect(adopted.path).toBe(first.path);
    expect(await readFile(join(adopted.path, 'a'), 'utf8')).toBe('alpha');
    expect(await adopted.diff()).toEqual(['new']);
  });

  it('makes a program wait, not fail, while the server is away', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha' });
    const { path } = await world.mount('in/');
    await world.stop();
    const reading = readFile(join(path, 'a'), 'utf8');
    await world.restart();
    expect(await reading).toBe('alpha');
  });

  it('names the URL when the bucket or the object does not exist', async () => {
    await using world = await fuseWorld({});
    const spec = { bucket: 'nowhere', key: 'in/', kind: 'folder', target: world.target(0) } as const;
    await expect(world.mounter.mount(spec)).rejects.toThrow(MountError);
    await expect(world.mount('no.blend', 'file')).rejects.toThrow(
      'oss://films/no.blend cannot be mounted: there is no such object',
    );
  });
});
