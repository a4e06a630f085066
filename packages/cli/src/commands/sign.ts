import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { refuseWithVersion, VERSION_ID_OPTION } from '../options/version-options.ts';
import { readObjectUrl } from '../transfer/read-oss-url.ts';

const HOUR = 3600;
/** Longer is refused by the newer signature, and a link that lives for ever is a key given away (spec/oss.md §1.5). */
const LONGEST = 7 * 24 * HOUR;

export const signCommand: Command = {
  usage: ['sign oss://BUCKET/KEY [--seconds N] [--put | [--version-id ID] [--process TEXT]]'],
  about: 'Prints an address with which anybody may get the object for a while, without a key.',
  options: {
    seconds: { value: 'N', help: 'how long it works (default: 3600; at most seven days)' },
    put: { help: 'for uploading the object instead' },
    process: { value: 'TEXT', help: 'for a picture made of it: image/resize,w_200' },
    ...VERSION_ID_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const { bucket, key } = readObjectUrl(options.only('oss://BUCKET/KEY'));
    const seconds = options.integer('seconds', 1, LONGEST) ?? HOUR;
    const method = options.flag('put') ? 'PUT' : 'GET';
    const versionId = options.text('version-id');
    refuseWithVersion(versionId, method === 'PUT', 'uploading makes a new one');
    const process = options.text('process');
    if (process !== undefined && method === 'PUT') {
      throw new UsageError('--process goes with getting an object, not with --put');
    }
    return withConnection(options, io, async ({ oss }) => {
      await io.out(`${oss.signUrl(bucket, key, seconds, { method, versionId, process })}\n`);
      return 0;
    });
  },
};
