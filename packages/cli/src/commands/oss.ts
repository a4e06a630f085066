import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { findOrphans, NULL_VERSION, openFileStore, verifyStore } from '@rebatch/objects';
import { CliError, UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { DATA_OPTION } from '../connection/administration.ts';
import { dataFolder } from '../connection/data-folder.ts';
import type { Io } from '../io.ts';
import { JSON_OPTION } from '../options/option-spec.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { LiveDisplay } from '../terminal/live-display.ts';

export const ossCommand: Command = {
  usage: ['oss check [--data DIR] [--json]', 'oss gc [--data DIR]'],
  about:
    'Looks after the object store of this machine; the server must not be running. check reads every byte and compares it with its checksum, and counts files that nothing points to; it changes nothing. gc removes those files.',
  options: { ...JSON_OPTION, ...DATA_OPTION },
  async run(options, io) {
    const verb = options.only('check or gc');
    const dir = join(dataFolder(options.text('data'), io), 'objects');
    if (verb === 'check') return check(dir, options.flag('json'), io);
    if (verb === 'gc') return collect(dir, io);
    throw new UsageError(`"${verb}" is none of check, gc`);
  },
};

async function check(dir: string, json: boolean, io: Io): Promise<number> {
  const orphans = await findOrphans(dir).catch(closed);
  const store = await openFileStore({ dir, clock: systemClock, sweep: false }).catch(closed);
  const display = new LiveDisplay(io);
  let read = 0;
  try {
    const report = await verifyStore(store, {
      signal: io.interrupted,
      onObject: ({ size }) => {
        read += size;
        display.status(`read ${formatBytes(read)}`);
      },
    });
    display.clear();
    const lost = orphans.reduce((sum, { size }) => sum + size, 0);
    if (json) {
      await io.out(`${JSON.stringify({ ...report, orphans: orphans.length, orphanBytes: lost }, null, 2)}\n`);
    } else {
      for (const { bucket, key, versionId, problem } of report.damaged) {
        const version = versionId === NULL_VERSION ? '' : ` (version ${versionId})`;
        await io.out(`damaged  oss://${bucket}/${key}${version}: ${problem}\n`);
      }
      await io.out(
        `${report.objects} objects read (${formatBytes(report.bytes)}), ${report.damaged.length} damaged; ` +
          `${orphans.length} files without an object (${formatBytes(lost)})\n`,
      );
    }
    return report.damaged.length === 0 ? 0 : 1;
  } finally {
    display.clear();
    await store.close();
  }
}

async function collect(dir: string, io: Io): Promise<number> {
  const orphans = await findOrphans(dir).catch(closed);
  const store = await openFileStore({ dir, clock: systemClock, sweep: true }).catch(closed);
  await store.close();
  const bytes = orphans.reduce((sum, { size }) => sum + size, 0);
  await io.out(`${orphans.length} files removed (${formatBytes(bytes)})\n`);
  return 0;
}

function closed(error: unknown): never {
  throw new CliError(error instanceof Error ? error.message : String(error), { cause: error });
}
