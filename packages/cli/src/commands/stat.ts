import { formatOssUrl } from '@rebatch/model';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { formatLocalTime } from '../terminal/format-time.ts';
import { readObjectUrl } from '../transfer/read-oss-url.ts';

export const statCommand: Command = {
  usage: ['stat oss://BUCKET/KEY [--json]'],
  about: 'Says what is known of an object: size, time, type, ETag and checksum.',
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(options, io) {
    const url = readObjectUrl(options.only('oss://BUCKET/KEY'));
    return withConnection(options, io, async ({ oss }) => {
      const { size, etag, crc64, lastModified, contentType } = await oss.head(url.bucket, url.key);
      if (options.flag('json')) {
        const modified = new Date(lastModified).toISOString();
        await io.out(
          `${JSON.stringify({ ...url, size, etag, crc64, lastModified: modified, contentType }, null, 2)}\n`,
        );
        return 0;
      }
      await io.out(
        [
          `object    ${formatOssUrl(url)}`,
          `size      ${formatBytes(size)} (${size} bytes)`,
          `modified  ${formatLocalTime(lastModified)}`,
          `type      ${contentType}`,
          `etag      ${etag}`,
          `crc64     ${crc64}\n`,
        ].join('\n'),
      );
      return 0;
    });
  },
};
