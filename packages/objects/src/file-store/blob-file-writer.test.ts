import { open } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { BlobFileWriter } from './blob-file-writer.ts';

const PIECE = Buffer.alloc(1024 * 1024);

/** Writes 20 MiB to a file; its last sync succeeds. */
async function written(path: string): Promise<BlobFileWriter> {
  const handle = await open(path, 'w');
  onTestFinished(() => handle.close());
  const durable = { makeDurable: () => Promise.resolve(), remove: () => undefined };
  const writer = new BlobFileWriter(handle, durable);
  for (let n = 0; n < 20; n++) await writer.append([PIECE]);
  return writer;
}

test('a sync that fails while more is written is not forgotten', async () => {
  // A device that takes all bytes, and no sync.
  const writer = await written('/dev/null');
  await expect(writer.finish()).rejects.toMatchObject({ code: 'EINVAL' });
  await writer.discard();
});

test('a disk without room is heard of at once', async () => {
  await expect(written('/dev/full')).rejects.toMatchObject({ code: 'ENOSPC' });
});
