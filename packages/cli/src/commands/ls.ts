import type { ListEntry, OssClient } from '@rebatch/client';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { formatLocalTime } from '../terminal/format-time.ts';
import { formatTable } from '../terminal/table.ts';
import { readOssUrl } from '../transfer/read-oss-url.ts';

export const lsCommand: Command = {
  usage: ['ls', 'ls oss://BUCKET[/PREFIX] [-r] [--json]'],
  about: 'Lists your buckets, or what lies below a prefix. A prefix need not end in "/".',
  options: {
    recursive: { short: 'r', help: 'everything below the prefix, not only its next level' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const [text] = options.between(0, 1, '');
    return withConnection(options, io, async (connection) =>
      text === undefined
        ? listBuckets(connection.oss, options.flag('json'), io)
        : listObjects(connection.oss, text, options.flag('recursive'), options.flag('json'), io),
    );
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

async function listObjects(
  oss: OssClient,
  text: string,
  recursive: boolean,
  json: boolean,
  io: Io,
): Promise<number> {
  const { bucket, key } = readOssUrl(text);
  const entries: ListEntry[] = [];
  for await (const entry of oss.list(bucket, { prefix: key, ...(recursive ? {} : { delimiter: '/' }) })) {
    entries.push(entry);
  }
  if (json) {
    const rows = entries.map((entry) =>
      entry.kind === 'prefix'
        ? entry
        : { ...entry, lastModified: new Date(entry.lastModified).toISOString() },
    );
    await io.out(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  if (entries.length === 0) {
    io.err(`nothing lies below ${text}\n`);
    return 0;
  }
  const table = formatTable(
    [
      {
        title: 'SIZE',
        value: (entry) => (entry.kind === 'object' ? formatBytes(entry.size) : '-'),
        align: 'right',
      },
      {
        title: 'MODIFIED',
        value: (entry) => (entry.kind === 'object' ? formatLocalTime(entry.lastModified) : '-'),
      },
      { title: 'OBJECT', value: (entry) => `oss://${bucket}/${entry.key}` },
    ],
    entries,
  );
  await io.out(table);
  return 0;
}
