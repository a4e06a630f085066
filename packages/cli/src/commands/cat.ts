import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { refuseWithVersion, VERSION_ID_OPTION } from '../options/version-options.ts';
import { readObjectUrl } from '../transfer/read-oss-url.ts';

export const catCommand: Command = {
  usage: ['cat oss://BUCKET/KEY...', 'cat oss://BUCKET/KEY --version-id ID'],
  about: 'Writes objects to standard output, one after the other, byte by byte.',
  options: { ...VERSION_ID_OPTION, ...CONNECTION_OPTIONS },
  examples: ['rebatch cat oss://rebatch/jobs/hello/logs/stdout.job-….main.0'],
  async run(options, io) {
    if (options.positionals.length === 0) throw new UsageError('oss://BUCKET/KEY is missing');
    const sources = options.positionals.map(readObjectUrl);
    const versionId = options.text('version-id');
    refuseWithVersion(versionId, sources.length > 1, 'not about several');
    const version = versionId === undefined ? {} : { versionId };
    return withConnection(options, io, async ({ oss }) => {
      for (const { bucket, key } of sources) {
        const { body } = await oss.get(bucket, key, undefined, { ...version, signal: io.interrupted });
        for await (const chunk of body) await io.out(chunk);
      }
      return 0;
    });
  },
};
