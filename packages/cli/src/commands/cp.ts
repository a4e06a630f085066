import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { VERSION_ID_OPTION } from '../options/version-options.ts';
import { COPY_OPTIONS, copyAll } from '../transfer/copy-all.ts';
import { isOssUrl } from '../transfer/is-oss-url.ts';
import { planCopy } from '../transfer/plan-copy.ts';

export const cpCommand: Command = {
  usage: [
    'cp FILE... oss://BUCKET/KEY',
    'cp oss://BUCKET/KEY... FILE',
    'cp -r DIR oss://BUCKET/PREFIX/',
    'cp -r oss://BUCKET/PREFIX/ DIR',
    'cp [-r] oss://BUCKET/KEY oss://BUCKET/KEY',
    'cp oss://BUCKET/KEY PLACE --version-id ID',
  ],
  about:
    'Copies files to and from the object store. With -r what is in the folder or below the prefix goes below the destination. What both sides have already, byte by byte, is left alone; a large file goes on where an earlier try broke off. From oss:// to oss:// the bytes stay in the store.',
  options: {
    recursive: { short: 'r', help: 'copy what is in a folder or below a prefix' },
    ...VERSION_ID_OPTION,
    ...COPY_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  examples: ['rebatch cp -r scene/ oss://studio/scenes/island/', 'rebatch cp oss://studio/out/0001.png .'],
  async run(options, io) {
    const places = options.between(2, Number.MAX_SAFE_INTEGER, 'SOURCE or DESTINATION');
    const destination = places.at(-1) ?? '';
    if (options.flag('make-bucket') && !isOssUrl(destination)) {
      throw new UsageError('--make-bucket needs an oss:// destination');
    }
    return withConnection(options, io, async (connection) => {
      const transfers = await planCopy(() => connection.oss, places.slice(0, -1), destination, {
        recursive: options.flag('recursive'),
        versionId: options.text('version-id'),
        cwd: io.cwd,
      });
      await copyAll(connection, transfers, options, io);
      return 0;
    });
  },
};
