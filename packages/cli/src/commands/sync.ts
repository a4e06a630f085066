import { resolve } from 'node:path';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { COPY_OPTIONS, copyAll } from '../transfer/copy-all.ts';
import { isOssUrl } from '../transfer/is-oss-url.ts';
import { planCopy } from '../transfer/plan-copy.ts';
import { removeExtra } from '../transfer/remove-extra.ts';

export const syncCommand: Command = {
  usage: [
    'sync DIR oss://BUCKET/PREFIX/ [--delete]',
    'sync oss://BUCKET/PREFIX/ DIR [--delete]',
    'sync oss://BUCKET/PREFIX/ oss://BUCKET/PREFIX/ [--delete]',
  ],
  about:
    'Makes the destination like the source: copies what is new or different, told by size and checksum. With --delete what the source has not is deleted from the destination; names that the filters leave out stay.',
  options: {
    delete: { help: 'delete from the destination what the source has not' },
    ...COPY_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  examples: ['rebatch sync shot/ oss://studio/shots/042/ --exclude "*.blend1"'],
  async run(options, io) {
    const [source = '', destination = ''] = options.between(2, 2, 'SOURCE or DESTINATION');
    if (options.flag('make-bucket') && !isOssUrl(destination)) {
      throw new UsageError('--make-bucket needs an oss:// destination');
    }
    return withConnection(options, io, async (connection) => {
      const transfers = await planCopy(() => connection.oss, [source], destination, {
        recursive: true,
        cwd: io.cwd,
      });
      await copyAll(connection, transfers, options, io);
      if (options.flag('delete')) {
        const names = new Set(transfers.map(({ name }) => name));
        const place = isOssUrl(destination) ? destination : resolve(io.cwd, destination);
        await removeExtra(connection.oss, place, names, options, io);
      }
      return 0;
    });
  },
};
