import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { formatTable } from '../terminal/table.ts';
import { readOssUrl } from '../transfer/read-oss-url.ts';

interface Share {
  name: string;
  objects: number;
  bytes: number;
}

export const duCommand: Command = {
  usage: ['du oss://BUCKET[/PREFIX] [--json]'],
  about: 'Adds up what lies below a prefix, folder by folder, the largest first.',
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(options, io) {
    const { bucket, key: prefix } = readOssUrl(options.only('oss://BUCKET'));
    return withConnection(options, io, async ({ oss }) => {
      const shares = new Map<string, Share>();
      const total: Share = { name: 'total', objects: 0, bytes: 0 };
      for await (const entry of oss.list(bucket, { prefix })) {
        if (entry.kind !== 'object') continue;
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
            { title: 'OBJECTS', value: ({ objects }) => String(objects), align: 'right' },
            { title: 'BELOW', value: ({ name }) => name },
          ],
          [...rows, total],
        ),
      );
      return 0;
    });
  },
};
