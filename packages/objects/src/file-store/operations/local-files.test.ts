import { open } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, patternBytes } from '../../contract/index.ts';
import type { StoreUnderTest } from '../../contract/object-store-contract.ts';
import { makeTemporaryStore } from '../temporary-store.ts';

describe('The files of an object', () => {
  let under: StoreUnderTest;
  beforeEach(async () => {
    under = await makeTemporaryStore();
    await under.store.createBucket('bucket', '1');
  });
  afterEach(() => under.dispose());

  async function bytesInFiles(key: string): Promise<Buffer | undefined> {
    const found = await under.store.localFiles('bucket', key);
    if (found === undefined) return undefined;
    const read: Buffer[] = [];
    for (const { path, start, bytes } of found.pieces) {
      const file = await open(path);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, start);
      await file.close();
      read.push(buffer.subarray(0, bytesRead));
    }
    return Buffer.concat(read);
  }

  it('hold its bytes, also when it was put together of parts', async () => {
    const bytes = patternBytes(300_000);
    await under.store.put('bucket', 'whole', bodyOf(bytes));
    expect((await bytesInFiles('whole'))?.equals(bytes)).toBe(true);
    const { uploadId } = await under.store.startUpload('bucket', 'parts');
    await under.store.putPart('bucket', 'parts', uploadId, 1, bodyOf(bytes.subarray(0, 200_000)));
    await under.store.putPart('bucket', 'parts', uploadId, 2, bodyOf(bytes.subarray(200_000)));
    await under.store.completeUpload('bucket', 'parts', uploadId, 'all');
    expect((await bytesInFiles('parts'))?.equals(bytes)).toBe(true);
  });

  it('do not hold what was appended after the object was described', async () => {
    const bytes = patternBytes(100_000);
    await under.store.append('bucket', 'log', 0, bodyOf(bytes));
    const before = await under.store.localFiles('bucket', 'log');
    await under.store.append('bucket', 'log', bytes.length, bodyOf('more'));
    expect(before?.pieces.map((piece) => piece.bytes)).toEqual([100_000]);
    expect((await bytesInFiles('log'))?.subarray(0, bytes.length).equals(bytes)).toBe(true);
  });

  it('are none for a small object, which the database holds', async () => {
    await under.store.put('bucket', 'small', bodyOf('x'));
    expect(await under.store.localFiles('bucket', 'small')).toBeUndefined();
  });

  it('are at no URL: this store has none', async () => {
    await under.store.put('bucket', 'whole', bodyOf(patternBytes(300_000)));
    expect(await under.store.directPieces('bucket', 'whole', 60)).toBeUndefined();
    await expect(under.store.directPieces('bucket', 'none', 60)).rejects.toMatchObject({ code: 'NoSuchKey' });
  });
});
