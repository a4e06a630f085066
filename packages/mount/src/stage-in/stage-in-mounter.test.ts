import { appendFile, chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MountError } from '../mount-error.ts';
import { encodeName } from '../names/charset.ts';
import { bucketWith } from '../testing/bucket-with.ts';
import { createStageInMounter } from './stage-in-mounter.ts';

describe('staging a prefix in', () => {
  it('makes every object a readable, executable, unwritable file with the time of the object', async () => {
    await using bucket = await bucketWith({ 'in/a.txt': 'alpha', 'in/deep/b.txt': 'beta' });
    const target = join(bucket.folder, 'mount');
    await createStageInMounter(bucket.objects).mount({ bucket: 'films', key: 'in/', kind: 'folder', target });
    expect(await readFile(join(target, 'a.txt'), 'utf8')).toBe('alpha');
    expect(await readFile(join(target, 'deep/b.txt'), 'utf8')).toBe('beta');
    const stats = await stat(join(target, 'a.txt'));
    const object = await bucket.objects.head('films', 'in/a.txt');
    expect(stats.mode & 0o777).toBe(0o555);
    expect(Math.floor(stats.mtimeMs)).toBe(Math.floor(object.lastModified));
  });

  it('gives an empty folder for a prefix without objects', async () => {
    await using bucket = await bucketWith({});
    const target = join(bucket.folder, 'mount');
    const mounted = await createStageInMounter(bucket.objects).mount({
      bucket: 'films',
      key: 'nothing/',
      kind: 'folder',
      target,
    });
    expect((await stat(target)).isDirectory()).toBe(true);
    expect(await mounted.diff()).toEqual([]);
  });

  it('reads listings of more than one page', async () => {
    const names = Array.from({ length: 1001 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    await using bucket = await bucketWith(Object.fromEntries(names.map((name) => [name, 'x'])));
    const target = join(bucket.folder, 'mount');
    await createStageInMounter(bucket.objects).mount({
      bucket: 'films',
      key: 'many/',
      kind: 'folder',
      target,
    });
    expect(await readFile(join(target, '1000'), 'utf8')).toBe('x');
  });

  it('tells new and changed files from the objects, also to a later process', async () => {
    await using bucket = await bucketWith({ 'in/same': 's', 'in/grown': 'g', 'in/gone': 'x' });
    const target = join(bucket.folder, 'mount');
    const spec = { bucket: 'films', key: 'in/', kind: 'folder', target } as const;
    const mounted = await createStageInMounter(bucket.objects).mount(spec);
    await chmod(join(target, 'grown'), 0o755);
    await appendFile(join(target, 'grown'), 'rown');
    await rm(join(target, 'gone'));
    await mkdir(join(target, 'sub'));
    await writeFile(join(target, 'sub/new'), 'n');
    await symlink('/etc/passwd', join(target, 'link'));
    expect(await mounted.diff()).toEqual(['grown', 'sub/new']);
    const adopted = await createStageInMounter(bucket.objects).adopt(spec);
    expect(await adopted.diff()).toEqual(['grown', 'sub/new']);
  });

  it('gives files names in GBK when the program wants it, and knows them again', async () => {
    await using bucket = await bucketWith({ 'in/场景/镜头.max': 'scene' });
    const target = join(bucket.folder, 'mount');
    const spec = { bucket: 'films', key: 'in/', kind: 'folder', charset: 'gbk', target } as const;
    const mounted = await createStageInMounter(bucket.objects).mount(spec);
    expect(await readdir(target, { encoding: 'buffer' })).toEqual([encodeName('场景', 'gbk')]);
    expect(await mounted.diff()).toEqual([]);
    await writeFile(Buffer.concat([Buffer.from(`${target}/`), encodeName('新', 'gbk')]), 'n');
    expect(await mounted.diff()).toEqual([encodeName('新', 'gbk')]);
  });

  it('begins again when an earlier process did not finish', async () => {
    await using bucket = await bucketWith({ 'in/a': 'alpha' });
    const target = join(bucket.folder, 'mount');
    await mkdir(target);
    await writeFile(join(target, 'a'), 'al');
    const mounted = await createStageInMounter(bucket.objects).adopt({
      bucket: 'films',
      key: 'in/',
      kind: 'folder',
      target,
    });
    expect(await readFile(join(mounted.path, 'a'), 'utf8')).toBe('alpha');
    expect(await mounted.diff()).toEqual([]);
  });

  it('leaves nothing behind after release', async () => {
    await using bucket = await bucketWith({ 'in/a': 'alpha' });
    const target = join(bucket.folder, 'mount');
    const mounter = createStageInMounter(bucket.objects);
    await mounter.mount({ bucket: 'films', key: 'in/', kind: 'folder', target });
    await mounter.release(target);
    await mounter.release(target);
    await expect(stat(target)).rejects.toThrow('ENOENT');
    await expect(stat(`${target}.stage-in.json`)).rejects.toThrow('ENOENT');
  });

  it('names the URL when the bucket does not exist', async () => {
    await using bucket = await bucketWith({});
    const spec = {
      bucket: 'nowhere',
      key: 'in/',
      kind: 'folder',
      target: join(bucket.folder, 'mount'),
    } as const;
    const failure = createStageInMounter(bucket.objects).mount(spec);
    await expect(failure).rejects.toThrow(MountError);
    await expect(failure).rejects.toThrow(
      'oss://nowhere/in/ cannot be mounted: bucket "nowhere" does not exist',
    );
  });

  it('ends when it is told to', async () => {
    await using bucket = await bucketWith({ 'in/a': 'alpha' });
    const spec = {
      bucket: 'films',
      key: 'in/',
      kind: 'folder',
      target: join(bucket.folder, 'mount'),
    } as const;
    const mounting = createStageInMounter(bucket.objects).mount(spec, { signal: AbortSignal.abort() });
    await expect(mounting).rejects.toThrow(/abort/i);
  });
});

describe('staging one object in', () => {
  it('makes it the file itself, and tells when the program changed it', async () => {
    await using bucket = await bucketWith({ 'scene.blend': 'scene' });
    const target = join(bucket.folder, 'file');
    const mounted = await createStageInMounter(bucket.objects).mount({
      bucket: 'films',
      key: 'scene.blend',
      kind: 'file',
      target,
    });
    expect(await readFile(target, 'utf8')).toBe('scene');
    expect(await mounted.diff()).toEqual([]);
    await chmod(target, 0o755);
    await writeFile(target, 'another scene');
    expect(await mounted.diff()).toEqual(['']);
  });

  it('names the URL when there is no such object', async () => {
    await using bucket = await bucketWith({});
    const spec = {
      bucket: 'films',
      key: 'no.blend',
      kind: 'file',
      target: join(bucket.folder, 'file'),
    } as const;
    await expect(createStageInMounter(bucket.objects).mount(spec)).rejects.toThrow(
      'oss://films/no.blend cannot be mounted: there is no such object',
    );
  });
});
