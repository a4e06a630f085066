import { formatOssUrl } from '@rebatch/model';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { formatLocalTime } from '../terminal/format-time.ts';
import { VERSION_ID_OPTION } from '../options/version-options.ts';
import { readObjectUrl } from '../transfer/read-oss-url.ts';

export const statCommand: Command = {
  usage: ['stat oss://BUCKET/KEY [--version-id ID] [--json]'],
  about: 'Says what is known of an object: size, time, type, ETag and checksum.',
  options: { ...VERSION_ID_OPTION, ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(options, io) {
    const url = readObjectUrl(options.only('oss://BUCKET/KEY'));
    return withConnection(options, io, async ({ oss }) => {
      const found = await oss.head(url.bucket, url.key, options.text('version-id'));
      const { size, etag, crc64, lastModified, contentType } = found;
      const versionId = found.versionId === '' ? undefined : found.versionId;
      if (options.flag('json')) {
        const modified = new Date(lastModified).toISOString();
        await io.out(
          `${JSON.stringify({ ...url, size, etag, crc64, lastModified: modified, contentType, versionId }, null, 2)}\n`,
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
          `crc64     ${crc64}`,
          ...(versionId === undefined ? [] : [`version   ${versionId}`]),
          '',
        ].join('\n'),
      );
      return 0;
    });
  },
};
