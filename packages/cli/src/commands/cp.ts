import { isOssUrl } from '../transfer/is-oss-url.ts';
import { parseOssUrl } from '@rebatch/model';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { LiveDisplay } from '../terminal/live-display.ts';
import { planCopy } from '../transfer/plan-copy.ts';
import { runTransfers } from '../transfer/transfer.ts';
import { TransferProgress } from '../transfer/transfer-progress.ts';

export const cpCommand: Command = {
  usage: [
    'cp FILE... oss://BUCKET/KEY',
    'cp oss://BUCKET/KEY... FILE',
    'cp -r DIR oss://BUCKET/PREFIX/',
    'cp -r oss://BUCKET/PREFIX/ DIR',
  ],
  about:
    'Copies files to and from the object store. With -r what is in the folder or below the prefix goes below the destination. What both sides have already, byte by byte, is left alone; a large upload goes on where an earlier one broke off.',
  options: {
    recursive: { short: 'r', help: 'copy what is in a folder or below a prefix' },
    parallel: { value: 'N', help: 'files on the way at once (default: 4)' },
    'make-bucket': { help: 'make the bucket when it is not there' },
    ...CONNECTION_OPTIONS,
  },
  examples: ['rebatch cp -r scene/ oss://studio/scenes/island/', 'rebatch cp oss://studio/out/0001.png .'],
  async run(options, io) {
    const places = options.between(2, Number.MAX_SAFE_INTEGER, 'SOURCE or DESTINATION');
    const destination = places.at(-1) ?? '';
    const parallel = options.integer('parallel', 1, 64) ?? 4;
    return withConnection(options, io, async (connection) => {
      const { copied, unchanged, said } = await copy();
      const rest = unchanged === 0 ? '' : `, ${unchanged} unchanged`;
      await io.out(`${copied} ${copied === 1 ? 'file' : 'files'} copied${rest}: ${said}\n`);
      return 0;

      async function copy() {
        const sources = places.slice(0, -1);
        const recursive = options.flag('recursive');
        const transfers = await planCopy(() => connection.oss, sources, destination, recursive, io.cwd);
        if (options.flag('make-bucket')) {
          if (!isOssUrl(destination)) throw new UsageError('--make-bucket needs an oss:// destination');
          await connection.oss.makeBucket(parseOssUrl(destination).bucket);
        }
        const verb = isOssUrl(destination) ? 'uploading' : 'downloading';
        const total = transfers.reduce((sum, transfer) => sum + transfer.size, 0);
        const progress = new TransferProgress(new LiveDisplay(io), verb, total);
        const onBytes = (bytes: number, isNew: boolean) => progress.add(bytes, isNew);
        try {
          const count = await runTransfers(connection.oss, transfers, {
            parallel,
            signal: io.interrupted,
            onBytes,
          });
          return { ...count, said: progress.finish() };
        } catch (error) {
          progress.finish();
          throw error;
        }
      }
    });
  },
};
