import { formatOssUrl } from '@rebatch/model';
import type { Connection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import type { OptionSpecs } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { LiveDisplay } from '../terminal/live-display.ts';
import { printable } from '../terminal/printable.ts';
import { FILTER_OPTIONS, nameFilter } from './name-filter.ts';
import { type NamedTransfer, runTransfers, type Transfer } from './transfer.ts';
import { TransferProgress } from './transfer-progress.ts';

export const COPY_OPTIONS = {
  parallel: { value: 'N', help: 'files on the way at once (default: 4)' },
  ...FILTER_OPTIONS,
  'dry-run': { help: 'only say what would be done' },
  'make-bucket': { help: 'make the bucket when it is not there' },
} as const satisfies OptionSpecs;

const VERBS = { upload: 'uploading', download: 'downloading', copy: 'copying' } as const;

/** Copies what the filters leave, with a bar, and prints the closing line; `--dry-run` only names it. */
export async function copyAll(
  { oss }: Connection,
  planned: readonly NamedTransfer[],
  options: Options,
  io: Io,
): Promise<void> {
  const wanted = nameFilter(options);
  const transfers = planned.filter(({ name }) => wanted(name));
  const total = transfers.reduce((sum, transfer) => sum + transfer.size, 0);
  if (options.flag('dry-run')) {
    for (const transfer of transfers) await io.out(`would copy ${printable(describe(transfer))}\n`);
    await io.out(`${filesText(transfers.length)} would be looked at: ${formatBytes(total)}\n`);
    return;
  }
  const [first] = transfers;
  if (options.flag('make-bucket') && first !== undefined && first.direction !== 'download')
    await oss.makeBucket(first.bucket);
  const verb = VERBS[first?.direction ?? 'upload'];
  const progress = new TransferProgress(new LiveDisplay(io), verb, total);
  try {
    const { copied, unchanged } = await runTransfers(oss, transfers, {
      parallel: options.integer('parallel', 1, 64) ?? 4,
      signal: io.interrupted,
      onBytes: (bytes, isNew) => progress.add(bytes, isNew),
    });
    const rest = unchanged === 0 ? '' : `, ${unchanged} unchanged`;
    await io.out(`${filesText(copied)} copied${rest}: ${progress.finish()}\n`);
  } catch (error) {
    progress.finish();
    throw error;
  }
}

function describe(transfer: Transfer): string {
  const remote = formatOssUrl(transfer);
  if (transfer.direction === 'copy') return `${formatOssUrl(transfer.source)} → ${remote}`;
  return transfer.direction === 'upload' ? `${transfer.path} → ${remote}` : `${remote} → ${transfer.path}`;
}

function filesText(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}
