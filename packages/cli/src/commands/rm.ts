import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { ALL_VERSIONS_OPTION, refuseWithVersion, VERSION_ID_OPTION } from '../options/version-options.ts';
import { FILTER_OPTIONS, nameFilter } from '../transfer/name-filter.ts';
import { removeBelow, removeVersions } from '../transfer/remove-below.ts';
import { readObjectUrl, readOssUrl } from '../transfer/read-oss-url.ts';
import { tellDoomed } from '../transfer/tell-doomed.ts';

export const rmCommand: Command = {
  usage: [
    'rm oss://BUCKET/KEY... [--all-versions]',
    'rm oss://BUCKET/KEY --version-id ID',
    'rm -r oss://BUCKET/PREFIX/... [--all-versions]',
  ],
  about:
    'Deletes objects; with -r all that lies below a prefix. What is not there is no error. A bucket that keeps versions only puts a delete marker in front of each ("rebatch undelete" takes it away); --version-id and --all-versions delete for good.',
  options: {
    recursive: { short: 'r', help: 'everything below the prefix' },
    ...VERSION_ID_OPTION,
    ...ALL_VERSIONS_OPTION,
    ...FILTER_OPTIONS,
    'dry-run': { help: 'only say what would be deleted' },
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const places = options.between(1, Number.MAX_SAFE_INTEGER, 'oss://BUCKET/KEY');
    const recursive = options.flag('recursive');
    const allVersions = options.flag('all-versions');
    const versionId = options.text('version-id');
    refuseWithVersion(versionId, recursive || places.length > 1, 'not about several, and not with -r');
    refuseWithVersion(versionId, allVersions, 'not together with --all-versions');
    const urls = places.map(recursive ? readOssUrl : readObjectUrl);
    if (recursive && urls.some(({ key }) => key !== '' && !key.endsWith('/'))) {
      // "oss://b/shot1" would take "oss://b/shot10/…" along.
      throw new UsageError('with -r a prefix ends in "/": oss://BUCKET/PREFIX/');
    }
    const dryRun = options.flag('dry-run');
    const wanted = nameFilter(options);
    return withConnection(options, io, async ({ oss }) => {
      let removed = 0;
      for (const { bucket, key } of urls) {
        const onlyTell = dryRun ? tellDoomed(bucket, io) : undefined;
        const how = { signal: io.interrupted, onlyTell };
        if (recursive) removed += await removeBelow(oss, bucket, key, { ...how, wanted, allVersions });
        else if (allVersions) removed += await removeVersions(oss, { bucket, key }, how);
        else {
          await (onlyTell?.({ key, ...(versionId === undefined ? {} : { versionId }) }) ??
            oss.delete(bucket, key, versionId));
          removed += 1;
        }
      }
      const what = allVersions || versionId !== undefined ? 'version' : 'object';
      const verb = dryRun ? 'would be deleted' : 'deleted';
      await io.out(`${removed} ${what}${removed === 1 ? '' : 's'} ${verb}\n`);
      return 0;
    });
  },
};
