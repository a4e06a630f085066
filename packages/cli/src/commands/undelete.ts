import type { Doomed, OssClient } from '@rebatch/client';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { printable } from '../terminal/printable.ts';
import { FILTER_OPTIONS, nameFilter } from '../transfer/name-filter.ts';
import { readObjectUrl, readOssUrl } from '../transfer/read-oss-url.ts';

export const undeleteCommand: Command = {
  usage: ['undelete oss://BUCKET/KEY...', 'undelete -r oss://BUCKET/PREFIX/...'],
  about:
    'Brings back what was deleted from a bucket that keeps versions, as it was: takes the delete marker away. What is not deleted is left alone. ossutil calls this revert-versioning.',
  options: {
    recursive: { short: 'r', help: 'everything that was deleted below the prefix' },
    ...FILTER_OPTIONS,
    'dry-run': { help: 'only say what would be brought back' },
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const places = options.between(1, Number.MAX_SAFE_INTEGER, 'oss://BUCKET/KEY');
    const recursive = options.flag('recursive');
    const wanted = nameFilter(options);
    const urls = places.map(recursive ? readOssUrl : readObjectUrl);
    if (recursive && urls.some(({ key }) => key !== '' && !key.endsWith('/'))) {
      throw new UsageError('with -r a prefix ends in "/": oss://BUCKET/PREFIX/');
    }
    const dryRun = options.flag('dry-run');
    return withConnection(options, io, async ({ oss }) => {
      let revived = 0;
      for (const { bucket, key: prefix } of urls) {
        for await (const { key, versionId } of deleted(oss, bucket, prefix, recursive)) {
          if (recursive && !wanted(key.slice(prefix.length))) continue;
          io.interrupted.throwIfAborted();
          if (!dryRun) await oss.delete(bucket, key, versionId);
          await io.out(
            `${dryRun ? 'would bring back' : 'brought back'} ${printable(`oss://${bucket}/${key}`)}\n`,
          );
          revived += 1;
        }
      }
      if (revived === 0) io.err('nothing was deleted there, or the bucket keeps no versions\n');
      return 0;
    });
  },
};

/** The delete markers that hide an older version, of one object or of all below a prefix. */
async function* deleted(
  oss: OssClient,
  bucket: string,
  prefix: string,
  recursive: boolean,
): AsyncGenerator<Doomed> {
  let marker: Doomed | undefined;
  for await (const entry of oss.listVersions(bucket, { prefix })) {
    if (entry.kind === 'prefix') continue;
    if (!recursive && entry.key !== prefix) return;
    if (entry.isLatest) marker = entry.kind === 'marker' ? entry : undefined;
    else if (entry.kind === 'version' && marker?.key === entry.key) {
      yield marker;
      marker = undefined;
    }
  }
}
