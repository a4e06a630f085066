import type { OssClient } from '@rebatch/client';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { removeBelow } from '../transfer/remove-below.ts';
import { readBucketUrl } from '../transfer/read-oss-url.ts';
import { tellDoomed } from '../transfer/tell-doomed.ts';

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
  usage: ['rb oss://BUCKET [--force [--dry-run]]'],
  about:
    'Removes a bucket, which must be empty unless --force is given. "Empty" means: no object, no old version, no delete marker, no unfinished upload.',
  options: {
    force: { help: 'delete all that is in the bucket first, for good' },
    'dry-run': { help: 'with --force: only say what would be deleted' },
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const bucket = readBucketUrl(options.only('oss://BUCKET'));
    const dryRun = options.flag('dry-run');
    if (dryRun && !options.flag('force')) throw new UsageError('--dry-run needs --force');
    return withConnection(options, io, async ({ oss }) => {
      const inIt = options.flag('force') ? await empty(oss, bucket, dryRun, io) : '';
      if (!dryRun) await oss.deleteBucket(bucket);
      await io.out(`oss://${bucket}/ ${dryRun ? 'would be' : 'is'} removed${inIt}\n`);
      return 0;
    });
  },
};

/** Old versions go, too, where there are any. @returns `, with 3 objects in it` */
async function empty(oss: OssClient, bucket: string, dryRun: boolean, io: Io): Promise<string> {
  const allVersions = (await oss.versioning(bucket)) !== undefined;
  const count = await removeBelow(oss, bucket, '', {
    signal: io.interrupted,
    allVersions,
    onlyTell: dryRun ? tellDoomed(bucket, io) : undefined,
  });
  if (!dryRun) await oss.abortUploads(bucket);
  const what = allVersions ? 'version' : 'object';
  return count === 0 ? '' : `, with ${count} ${what}${count === 1 ? '' : 's'} in it`;
}
