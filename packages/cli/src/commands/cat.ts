import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { readObjectUrl } from '../transfer/read-oss-url.ts';

export const catCommand: Command = {
  usage: ['cat oss://BUCKET/KEY...'],
  about: 'Writes objects to standard output, one after the other, byte by byte.',
  options: CONNECTION_OPTIONS,
  examples: ['rebatch cat oss://rebatch/jobs/hello/logs/stdout.job-….main.0'],
  async run(options, io) {
    if (options.positionals.length === 0) throw new UsageError('oss://BUCKET/KEY is missing');
    const sources = options.positionals.map(readObjectUrl);
    return withConnection(options, io, async (connection) => {
      for (const { bucket, key } of sources) {
        const { body } = await connection.oss.get(bucket, key);
        for await (const chunk of body) await io.out(chunk);
      }
      return 0;
    });
  },
};
