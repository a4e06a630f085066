import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { FILTER_OPTIONS, nameFilter } from '../transfer/name-filter.ts';
import { removeBelow } from '../transfer/remove-below.ts';
import { readObjectUrl, readOssUrl } from '../transfer/read-oss-url.ts';

export const rmCommand: Command = {
  usage: ['rm oss://BUCKET/KEY...', 'rm -r oss://BUCKET/PREFIX/...'],
  about: 'Deletes objects; with -r all that lies below a prefix. What is not there is no error.',
  options: {
    recursive: { short: 'r', help: 'everything below the prefix' },
    ...FILTER_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const places = options.between(1, Number.MAX_SAFE_INTEGER, 'oss://BUCKET/KEY');
    const recursive = options.flag('recursive');
    const wanted = nameFilter(options);
    const urls = places.map(recursive ? readOssUrl : readObjectUrl);
    if (recursive && urls.some(({ key }) => key !== '' && !key.endsWith('/'))) {
      // "oss://b/shot1" would take "oss://b/shot10/…" along.
      throw new UsageError('with -r a prefix ends in "/": oss://BUCKET/PREFIX/');
    }
    return withConnection(options, io, async ({ oss }) => {
      let removed = 0;
      for (const { bucket, key } of urls) {
        if (recursive) removed += await removeBelow(oss, bucket, key, io.interrupted, wanted);
        else {
          await oss.delete(bucket, key);
          removed += 1;
        }
      }
      await io.out(`${removed} ${removed === 1 ? 'object' : 'objects'} deleted\n`);
      return 0;
    });
  },
};
