import type { OssClient } from '@rebatch/client';
import type { Io } from '../io.ts';
import { LiveDisplay } from '../terminal/live-display.ts';
import { safeLocalPath } from '../transfer/safe-local-path.ts';
import { runTransfers, type Transfer } from '../transfer/transfer.ts';
import { TransferProgress } from '../transfer/transfer-progress.ts';
import type { PicturePlace } from './early-pictures.ts';

export interface Downloaded {
  /** Names below the output folder. */
  files: string[];
  /** For people. */
  text: string;
}

/** Brings what lies below a prefix to a folder; what is there already, byte by byte, stays. `early`: so many came before. */
export async function downloadPictures(
  oss: OssClient,
  { bucket, prefix, folder }: PicturePlace,
  early: number,
  io: Io,
): Promise<Downloaded> {
  const transfers: Transfer[] = [];
  for await (const entry of oss.list(bucket, { prefix })) {
    if (entry.kind !== 'object' || entry.key.endsWith('/')) continue;
    const path = safeLocalPath(folder, entry.key.slice(prefix.length));
    transfers.push({ direction: 'download', path, bucket, key: entry.key, size: entry.size });
  }
  const total = transfers.reduce((sum, transfer) => sum + transfer.size, 0);
  const progress = new TransferProgress(new LiveDisplay(io), 'downloading', total);
  try {
    const { unchanged, copied } = await runTransfers(oss, transfers, {
      parallel: 8,
      signal: io.interrupted,
      onBytes: (bytes, isNew) => progress.add(bytes, isNew),
    });
    const took = progress.finish();
    const now = copied === 0 ? '' : `, ${took}`;
    const came = early === 0 ? '' : `, ${early} while it rendered`;
    const kept = unchanged <= early ? '' : `, ${unchanged - early} were there`;
    return {
      files: transfers.map((transfer) => transfer.key.slice(prefix.length)),
      text: `${transfers.length} ${transfers.length === 1 ? 'file' : 'files'}${came}${kept}${now}`,
    };
  } catch (error) {
    progress.finish();
    throw error;
  }
}
