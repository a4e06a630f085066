import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { removeBelow } from '../transfer/remove-below.ts';
import { readBucketUrl } from '../transfer/read-oss-url.ts';

export const mbCommand: Command = {
  usage: ['mb oss://BUCKET'],
  about: 'Makes a bucket. One that is yours already is left as it is.',
  options: CONNECTION_OPTIONS,
  async run(options, io) {
    const bucket = readBucketUrl(options.only('oss://BUCKET'));
    return withConnection(options, io, async ({ oss }) => {
      await oss.makeBucket(bucket);
      await io.out(`oss://${bucket}/ is there\n`);
      return 0;
    });
  },
};

export const rbCommand: Command = {
  usage: ['rb oss://BUCKET [--force]'],
  about: 'Removes a bucket, which must be empty unless --force is given.',
  options: {
    force: { help: 'delete all that is in the bucket first' },
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const bucket = readBucketUrl(options.only('oss://BUCKET'));
    return withConnection(options, io, async ({ oss }) => {
      const removed = options.flag('force') ? await removeBelow(oss, bucket, '', io.interrupted) : 0;
      await oss.deleteBucket(bucket);
      await io.out(
        `oss://${bucket}/ is removed${removed === 0 ? '' : `, with ${removed} ${removed === 1 ? 'object' : 'objects'} in it`}\n`,
      );
      return 0;
    });
  },
};
