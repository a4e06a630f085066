import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { ALL_VERSIONS_OPTION } from '../options/version-options.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { formatTable } from '../terminal/table.ts';
import { readOssUrl } from '../transfer/read-oss-url.ts';

interface Share {
  name: string;
  objects: number;
  bytes: number;
}

export const duCommand: Command = {
  usage: ['du oss://BUCKET[/PREFIX] [--all-versions] [--json]'],
  about: 'Adds up what lies below a prefix, folder by folder, the largest first.',
  options: { ...ALL_VERSIONS_OPTION, ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(options, io) {
    const { bucket, key: prefix } = readOssUrl(options.only('oss://BUCKET'));
    const allVersions = options.flag('all-versions');
    return withConnection(options, io, async ({ oss }) => {
      const shares = new Map<string, Share>();
      const total: Share = { name: 'total', objects: 0, bytes: 0 };
      const entries = allVersions ? oss.listVersions(bucket, { prefix }) : oss.list(bucket, { prefix });
      for await (const entry of entries) {
        // A delete marker has no bytes, and is no object.
        if (entry.kind === 'prefix' || entry.kind === 'marker') continue;
        const slash = entry.key.indexOf('/', prefix.length);
        const name = slash === -1 ? entry.key : entry.key.slice(0, slash + 1);
        const share = shares.get(name) ?? { name, objects: 0, bytes: 0 };
        shares.set(name, share);
        for (const sum of [share, total]) {
          sum.objects += 1;
          sum.bytes += entry.size;
        }
      }
      const rows = [...shares.values()].toSorted((a, b) => b.bytes - a.bytes);
      if (options.flag('json')) {
        const { objects, bytes } = total;
        await io.out(`${JSON.stringify({ objects, bytes, below: rows }, null, 2)}\n`);
        return 0;
      }
      await io.out(
        formatTable(
          [
            { title: 'SIZE', value: ({ bytes }) => formatBytes(bytes), align: 'right' },
            {
              title: allVersions ? 'VERSIONS' : 'OBJECTS',
              value: ({ objects }) => String(objects),
              align: 'right',
            },
            { title: 'BELOW', value: ({ name }) => name },
          ],
          [...rows, total],
        ),
      );
      return 0;
    });
  },
};
