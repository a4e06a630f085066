import { eachInParallel, type OssClient } from '@rebatch/client';
import { sameContent } from './same-content.ts';

/** One file on its way. */
export interface Transfer {
  direction: 'upload' | 'download';
  path: string;
  bucket: string;
  key: string;
  /** Bytes. */
  size: number;
}

export interface NamedTransfer extends Transfer {
  /** Below the folder or prefix that was named; its own name when it was named itself. */
  name: string;
}

export interface TransferCount {
  copied: number;
  /** Left alone, since both sides have the same bytes. */
  unchanged: number;
}

/** Runs transfers, several at once; what is there already is not copied again. `onBytes` counts that, too. */
export async function runTransfers(
  oss: OssClient,
  transfers: readonly Transfer[],
  options: { parallel: number; signal: AbortSignal; onBytes: (bytes: number, copied: boolean) => void },
): Promise<TransferCount> {
  const count = { copied: 0, unchanged: 0 };
  await eachInParallel(transfers, options.parallel, async ({ direction, path, bucket, key, size }) => {
    options.signal.throwIfAborted();
    if (await sameContent(oss, path, bucket, key)) {
      count.unchanged += 1;
      options.onBytes(size, false);
      return;
    }
    const { signal } = options;
    const onBytes = (bytes: number) => options.onBytes(bytes, true);
    if (direction === 'upload') await oss.uploadFile(path, bucket, key, { onBytes, signal });
    else await oss.downloadFile(bucket, key, path, { onBytes, signal });
    count.copied += 1;
  });
  return count;
}
