import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { manualClock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import { describe, expect, it, vi } from 'vitest';
import { makeUploadRoot, PART_BYTES, type UploadWorld, uploadWorld } from '../testing/upload-world.ts';
import { abortOpenUploads } from './put-in-parts.ts';

const PROCESS = fileURLToPath(new URL('../testing/uploading-process.ts', import.meta.url));
const PARTS = 6;
/** The last part is a short one. */
const LARGE = PARTS * PART_BYTES - 1000;
const going = new AbortController().signal;

async function bytesOf(objects: ObjectStore, key: string): Promise<Buffer> {
  const { body } = await objects.get('films', key);
  return Buffer.concat(await body.toArray());
}

async function keysOf({ objects }: UploadWorld): Promise<string[]> {
  return (await objects.list('films')).objects.map(({ key }) => key);
}

/** Parts that are put from now on. */
function partsPut(objects: ObjectStore): () => number[] {
  const putPart = vi.spyOn(objects, 'putPart');
  return () => putPart.mock.calls.map(([, , , partNumber]) => partNumber).toSorted((a, b) => a - b);
}

describe('uploading a file', () => {
  it('stores its bytes, small or in parts, and sends nothing twice', async () => {
    await using world = await uploadWorld();
    for (const size of [0, 1, 100_000, LARGE]) {
      const content = randomBytes(size);
      const name = `file-${size}`;
      await writeFile(join(world.folder, name), content);
      await world.uploader.upload(world.upload(name), going);
      expect((await bytesOf(world.objects, name)).equals(content)).toBe(true);
    }
    const put = vi.spyOn(world.objects, 'put');
    const parts = partsPut(world.objects);
    const later = await world.laterUploader();
    for (const name of await keysOf(world)) await later.upload(world.upload(name), going);
    expect(put).not.toHaveBeenCalled();
    expect(parts()).toEqual([]);
  });

  it('sends a file again that changed, though its size and time look as before', async () => {
    await using world = await uploadWorld();
    const path = join(world.folder, 'a');
    await writeFile(path, 'old');
    await utimes(path, 1000, 1000);
    await world.uploader.upload(world.upload('a'), going);
    // Made beside it, so that it does not even get the old one's number.
    await writeFile(`${path}.new`, 'new');
    await utimes(`${path}.new`, 1000, 1000);
    await rename(`${path}.new`, path);
    await world.uploader.upload(world.upload('a'), going);
    expect((await bytesOf(world.objects, 'a')).toString()).toBe('new');
  });

  it.each([
    ['a small file', 1000],
    ['a large file', LARGE],
  ])('stores nothing of %s that is written to meanwhile', async (_, size) => {
    await using world = await uploadWorld();
    const path = join(world.folder, 'a');
    await writeFile(path, randomBytes(size));
    const put = world.objects.put.bind(world.objects);
    const putPart = world.objects.putPart.bind(world.objects);
    vi.spyOn(world.objects, 'put').mockImplementation(async (...args) => {
      await appendFile(path, 'more');
      return put(...args);
    });
    vi.spyOn(world.objects, 'putPart').mockImplementation(async (...args) => {
      await appendFile(path, 'more');
      return putPart(...args);
    });
    await expect(world.uploader.upload(world.upload('a'), going)).rejects.toThrow(
      'changed while it was uploaded',
    );
    expect(await keysOf(world)).toEqual([]);
  });

  it('reads nothing outside of the attempt when a folder is swapped for a link', async () => {
    await using world = await uploadWorld();
    await using elsewhere = await uploadWorld();
    await writeFile(join(elsewhere.folder, 'secret'), 'secret');
    await mkdir(join(world.folder, 'out'));
    await rm(join(world.folder, 'out'), { recursive: true });
    await symlink(elsewhere.folder, join(world.folder, 'out'));
    await expect(world.uploader.upload(world.upload('out/secret'), going)).rejects.toThrow(
      'oss://films/out/secret could not be stored: the file cannot be read: it lies outside',
    );
    expect(await keysOf(world)).toEqual([]);
  });

  it('leaves no trace when it is ended', async () => {
    await using world = await uploadWorld();
    await writeFile(join(world.folder, 'a'), randomBytes(300_000));
    const ended = new AbortController();
    const put = world.objects.put.bind(world.objects);
    vi.spyOn(world.objects, 'put').mockImplementation((...args) => {
      ended.abort(new Error('stopped'));
      return put(...args);
    });
    await expect(world.uploader.upload(world.upload('a'), ended.signal)).rejects.toThrow('stopped');
    expect(await keysOf(world)).toEqual([]);
  });
});

describe('a large file', () => {
  it('goes on with the parts that are there when the server was killed in the middle', async () => {
    const root = await makeUploadRoot();
    const content = randomBytes(LARGE);
    await writeFile(join(root, 'large'), content);
    const child = spawn(process.execPath, [PROCESS, root, 'large'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      if (line !== '') break;
    }
    child.kill('SIGKILL');
    await exited;
    await using world = await uploadWorld({ root });
    const parts = partsPut(world.objects);
    await world.uploader.upload(world.upload('large'), going);
    expect(parts().length).toBeLessThan(PARTS);
    expect((await bytesOf(world.objects, 'large')).equals(content)).toBe(true);
    expect(await world.objects.listUploads('films')).toEqual([]);
  });

  it('begins anew when it is another file than the one that was begun', async () => {
    await using world = await uploadWorld();
    await writeFile(join(world.folder, 'large'), randomBytes(LARGE));
    vi.spyOn(world.objects, 'completeUpload').mockRejectedValueOnce(new Error('the server died here'));
    await expect(world.uploader.upload(world.upload('large'), going)).rejects.toThrow('the server died here');
    const content = randomBytes(LARGE);
    await writeFile(join(world.folder, 'new'), content);
    await rename(join(world.folder, 'new'), join(world.folder, 'large'));
    await (await world.laterUploader()).upload(world.upload('large'), going);
    expect((await bytesOf(world.objects, 'large')).equals(content)).toBe(true);
    expect(await world.objects.listUploads('films')).toEqual([]);
  });

  it('leaves no parts behind when its attempt is given up', async () => {
    await using world = await uploadWorld();
    await writeFile(join(world.folder, 'large'), randomBytes(LARGE));
    vi.spyOn(world.objects, 'completeUpload').mockRejectedValueOnce(new Error('no'));
    await expect(world.uploader.upload(world.upload('large'), going)).rejects.toThrow('no');
    expect(await world.objects.listUploads('films')).toHaveLength(1);
    await abortOpenUploads(world.ledger, world.objects);
    expect(await world.objects.listUploads('films')).toEqual([]);
    await abortOpenUploads(world.ledger, world.objects);
  });

  it('of two writers is the last one’s, never a mixture', async () => {
    await using world = await uploadWorld();
    const contents = [Buffer.alloc(LARGE, 'a'), Buffer.alloc(LARGE, 'b')];
    await Promise.all(
      contents.map(async (content, index) => {
        await writeFile(join(world.folder, `${index}`), content);
        const upload = { ...world.upload(`${index}`), to: { bucket: 'films', key: 'shared' } };
        await (index === 0 ? world.uploader : await world.laterUploader()).upload(upload, going);
      }),
    );
    const stored = await bytesOf(world.objects, 'shared');
    expect(contents.some((content) => content.equals(stored))).toBe(true);
  });
});

describe('a store that is away', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

  it('is waited for', async () => {
    const clock = manualClock();
    await using world = await uploadWorld({ clock });
    await writeFile(join(world.folder, 'a'), 'a');
    const put = vi.spyOn(world.objects, 'put');
    for (let tries = 0; tries < 5; tries += 1) put.mockRejectedValueOnce(refused);
    const uploading = world.uploader.upload(world.upload('a'), going);
    await vi.waitUntil(async () => {
      clock.runNext();
      return (await keysOf(world)).length === 1;
    });
    await uploading;
    expect(put).toHaveBeenCalledTimes(6);
  });

  it('is given up after ten minutes, with its reason', async () => {
    const clock = manualClock();
    await using world = await uploadWorld({ clock });
    await writeFile(join(world.folder, 'a'), 'a');
    vi.spyOn(world.objects, 'put').mockRejectedValue(refused);
    const failed = vi.fn<(error: unknown) => void>();
    void world.uploader.upload(world.upload('a'), going).catch(failed);
    const begun = clock.now();
    await vi.waitUntil(
      () => {
        clock.runNext();
        return failed.mock.calls.length > 0;
      },
      { interval: 1 },
    );
    expect(failed).toHaveBeenCalledWith(
      expect.objectContaining({ message: 'oss://films/a could not be stored: connect ECONNREFUSED' }),
    );
    expect(clock.now() - begun).toBe(600_000);
  });
});
