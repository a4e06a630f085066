import type { ListEntry, OssClient, VersionEntry } from '@rebatch/client';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { ALL_VERSIONS_OPTION } from '../options/version-options.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { formatLocalTime } from '../terminal/format-time.ts';
import { type Column, formatTable } from '../terminal/table.ts';
import { readOssUrl } from '../transfer/read-oss-url.ts';

export const lsCommand: Command = {
  usage: ['ls', 'ls oss://BUCKET[/PREFIX] [-r] [--all-versions] [--json]'],
  about: 'Lists your buckets, or what lies below a prefix. A prefix need not end in "/".',
  options: {
    recursive: { short: 'r', help: 'everything below the prefix, not only its next level' },
    ...ALL_VERSIONS_OPTION,
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const [text] = options.between(0, 1, '');
    const json = options.flag('json');
    const allVersions = options.flag('all-versions');
    if (text === undefined) {
      if (allVersions)
        throw new UsageError('--all-versions is about the objects of a bucket: oss://BUCKET is missing');
      return withConnection(options, io, async ({ oss }) => listBuckets(oss, json, io));
    }
    const url = readOssUrl(text);
    const delimiter = options.flag('recursive') ? {} : { delimiter: '/' };
    return withConnection(options, io, async ({ oss }) => {
      const below = { prefix: url.key, ...delimiter };
      const { bucket } = url;
      const count = allVersions
        ? await printEntries(
            await Array.fromAsync(oss.listVersions(bucket, below)),
            versionColumns(bucket),
            json,
            io,
          )
        : await printEntries(await Array.fromAsync(oss.list(bucket, below)), objectColumns(bucket), json, io);
      if (count === 0 && !json) io.err(`nothing lies below ${text}\n`);
      return 0;
    });
  },
};

async function listBuckets(oss: OssClient, json: boolean, io: Io): Promise<number> {
  const buckets = await oss.listBuckets();
  if (json) {
    const rows = buckets.map(({ name, created }) => ({ name, created: new Date(created).toISOString() }));
    await io.out(`${JSON.stringify(rows, null, 2)}\n`);
  } else if (buckets.length === 0) {
    io.err('there are no buckets\n');
  } else {
    await io.out(
      formatTable(
        [
          { title: 'CREATED', value: (bucket) => formatLocalTime(bucket.created) },
          { title: 'BUCKET', value: (bucket) => `oss://${bucket.name}/` },
        ],
        buckets,
      ),
    );
  }
  return 0;
}

const MODIFIED: Column<Dated> = {
  title: 'MODIFIED',
  value: (entry) => (entry.kind === 'prefix' ? '-' : formatLocalTime(entry.lastModified)),
};

function objectColumns(bucket: string): Column<ListEntry>[] {
  return [
    {
      title: 'SIZE',
      value: (entry) => (entry.kind === 'object' ? formatBytes(entry.size) : '-'),
      align: 'right',
    },
    MODIFIED,
    { title: 'OBJECT', value: ({ key }) => `oss://${bucket}/${key}` },
  ];
}

function versionColumns(bucket: string): Column<VersionEntry>[] {
  return [
    { title: 'SIZE', value: sizeOfVersion, align: 'right' },
    MODIFIED,
    { title: 'VERSION', value: (entry) => (entry.kind === 'prefix' ? '-' : entry.versionId) },
    {
      title: 'STATE',
      value: (entry) => (entry.kind === 'prefix' ? '-' : entry.isLatest ? 'latest' : 'old'),
    },
    { title: 'OBJECT', value: ({ key }) => `oss://${bucket}/${key}` },
  ];
}

/** @returns how many there are */
async function printEntries<Entry extends Dated>(
  entries: readonly Entry[],
  columns: readonly Column<Entry>[],
  json: boolean,
  io: Io,
): Promise<number> {
  if (json) await io.out(jsonOf(entries));
  else if (entries.length > 0) await io.out(formatTable(columns, entries));
  return entries.length;
}

function sizeOfVersion(entry: VersionEntry): string {
  if (entry.kind === 'marker') return 'deleted';
  return entry.kind === 'version' ? formatBytes(entry.size) : '-';
}

type Dated = ListEntry | VersionEntry;

function jsonOf(entries: readonly Dated[]): string {
  const rows = entries.map((entry) =>
    entry.kind === 'prefix' ? entry : { ...entry, lastModified: new Date(entry.lastModified).toISOString() },
  );
  return `${JSON.stringify(rows, null, 2)}\n`;
}
