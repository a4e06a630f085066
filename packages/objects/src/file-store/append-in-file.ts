import { type FileHandle, open } from 'node:fs/promises';
import type { Appender } from './appender.ts';
import type { BlobFiles } from './blob-files.ts';
import { writeChunks } from './write-chunks.ts';
import type { WrittenContent } from './write-content.ts';

const COPY_BYTES = 512 * 1024;

/**
 * Writes behind the length that the row promises. The row is the truth: bytes of the file beyond it (a crash between
 * write and commit) are never read, and the next append overwrites them.
 */
export function appendInFile(files: BlobFiles): Appender {
  return async ({ sql }, old, piece) => {
    if (old === undefined) {
      const id = await newFile(files, piece);
      return {
        attach: () => {
          sql.insertContent(id, { kind: 'file' });
          return { content: id, released: [] };
        },
        settle: (attached) => {
          dropPiece(files, piece);
          if (!attached) files.remove(id);
        },
      };
    }
    const release = files.hold(old.content);
    try {
      const handle = await open(files.path(old.content), 'r+');
      try {
        await copyPiece(files, piece, handle, old.info.size);
        await handle.datasync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      release();
      throw error;
    }
    return {
      attach: () => ({ content: old.content, released: [] }),
      settle: () => {
        dropPiece(files, piece);
        release();
      },
    };
  };
}

async function newFile(files: BlobFiles, piece: WrittenContent): Promise<number> {
  const id = files.nextId();
  const handle = await files.create(id);
  try {
    await copyPiece(files, piece, handle, 0);
    await files.makeDurable(id, handle);
    return id;
  } catch (error) {
    files.remove(id);
    throw error;
  } finally {
    await handle.close();
  }
}

function dropPiece(files: BlobFiles, { id, source }: WrittenContent): void {
  if (source.kind === 'file') {
    files.remove(id);
  }
}

async function copyPiece(
  files: BlobFiles,
  { id, source, size }: WrittenContent,
  to: FileHandle,
  position: number,
): Promise<void> {
  if (source.kind === 'inline') {
    await writeChunks(to, [source.bytes], position);
    return;
  }
  const from = await open(files.path(id), 'r');
  try {
    const buffer = Buffer.allocUnsafe(COPY_BYTES);
    for (let done = 0; done < size; ) {
      const { bytesRead } = await from.read(buffer, 0, COPY_BYTES, done);
      if (bytesRead === 0) {
        throw new Error(`${files.path(id)} lost bytes while it was appended`);
      }
      await writeChunks(to, [buffer.subarray(0, bytesRead)], position + done);
      done += bytesRead;
    }
  } finally {
    await from.close();
  }
}
