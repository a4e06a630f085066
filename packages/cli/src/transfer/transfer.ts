import { type CopySource, eachInParallel, type OssClient } from '@rebatch/client';
import { sameContent, sameObjects } from './same-content.ts';

/** One file on its way. */
interface LocalTransfer {
  direction: 'upload' | 'download';
  path: string;
  bucket: string;
  key: string;
  /** Of a download: the version that is meant. */
  versionId?: string;
  /** Bytes. */
  size: number;
}

/** One object that is copied within the store. */
interface RemoteTransfer {
  direction: 'copy';
  source: CopySource;
  bucket: string;
  key: string;
  /** Bytes. */
  size: number;
}

export type Transfer = LocalTransfer | RemoteTransfer;

export type NamedTransfer = Transfer & {
  /** Below the folder or prefix that was named; its own name when it was named itself. */
  name: string;
};

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
  await eachInParallel(transfers, options.parallel, async (transfer) => {
    options.signal.throwIfAborted();
    if (await isThere(oss, transfer)) {
      count.unchanged += 1;
      options.onBytes(transfer.size, false);
      return;
    }
    await run(oss, transfer, { signal: options.signal, onBytes: (bytes) => options.onBytes(bytes, true) });
    count.copied += 1;
  });
  return count;
}

async function isThere(oss: OssClient, transfer: Transfer): Promise<boolean> {
  if (transfer.direction === 'copy') return sameObjects(oss, transfer.source, transfer);
  const { path, bucket, key, versionId } = transfer;
  return sameContent(oss, path, bucket, key, versionId);
}

async function run(
  oss: OssClient,
  transfer: Transfer,
  options: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Promise<void> {
  const { bucket, key, size } = transfer;
  if (transfer.direction === 'copy') {
    await oss.copy(transfer.source, bucket, key, { signal: options.signal });
    options.onBytes(size);
  } else if (transfer.direction === 'upload') {
    await oss.uploadFile(transfer.path, bucket, key, options);
  } else {
    const version = transfer.versionId === undefined ? {} : { versionId: transfer.versionId };
    await oss.downloadFile(bucket, key, transfer.path, { ...options, ...version, size });
  }
}
