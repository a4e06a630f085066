import { NULL_VERSION, verifyStore } from '@rebatch/objects';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { DATA_OPTION } from '../connection/administration.ts';
import { type LocalObjects, localObjects, OBJECTS_OPTION } from '../connection/local-objects.ts';
import type { Io } from '../io.ts';
import { JSON_OPTION } from '../options/option-spec.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { LiveDisplay } from '../terminal/live-display.ts';
import { printable } from '../terminal/printable.ts';

export const ossCommand: Command = {
  usage: ['oss check [--data DIR] [--objects NAME] [--json]', 'oss gc [--data DIR] [--objects NAME]'],
  about:
    'Looks after the object store of this machine; the server must not be running. check reads every byte and compares it with its checksum, and counts files (with --objects s3: S3 objects) that nothing points to; it removes nothing. gc removes those.',
  options: { ...JSON_OPTION, ...DATA_OPTION, ...OBJECTS_OPTION },
  async run(options, io) {
    const verb = options.only('check or gc');
    if (verb !== 'check' && verb !== 'gc') throw new UsageError(`"${verb}" is none of check, gc`);
    const objects = await localObjects(options, io);
    return verb === 'check' ? check(objects, options.flag('json'), io) : collect(objects, io);
  },
};

async function check({ findOrphans, open, holders }: LocalObjects, json: boolean, io: Io): Promise<number> {
  const orphans = await findOrphans();
  const store = await open(false);
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
        await io.out(`damaged  ${printable(`oss://${bucket}/${key}`)}${version}: ${problem}\n`);
      }
      await io.out(
        `${report.objects} objects read (${formatBytes(report.bytes)}), ${report.damaged.length} damaged; ` +
          `${orphans.length} ${holders} without an object (${formatBytes(lost)})\n`,
      );
    }
    return report.damaged.length === 0 ? 0 : 1;
  } finally {
    display.clear();
    await store.close();
  }
}

async function collect({ findOrphans, open, holders }: LocalObjects, io: Io): Promise<number> {
  const orphans = await findOrphans();
  const store = await open(true);
  await store.close();
  const bytes = orphans.reduce((sum, { size }) => sum + size, 0);
  await io.out(`${orphans.length} ${holders} removed (${formatBytes(bytes)})\n`);
  return 0;
}
