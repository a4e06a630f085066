import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';

export const exportCommand: Command = {
  usage: ['export [FILE]'],
  about:
    'Writes your jobs with their tasks and instances, and your Apps with all revisions, as lines of JSON to FILE or to standard output. "rebatch import" takes them into another server, or into this one after a loss. Logs and results are objects: copy them with "rebatch cp -r".',
  options: CONNECTION_OPTIONS,
  async run(options, io) {
    const [name] = options.between(0, 1, 'FILE');
    return withConnection(options, io, async ({ operations }) => {
      const body = await operations.export(io.interrupted);
      if (name === undefined) {
        for await (const chunk of body) await io.out(chunk);
        return 0;
      }
      const file = resolve(io.cwd, name);
      const part = `${file}.part`;
      try {
        await pipeline(body, createWriteStream(part, { mode: 0o600, flush: true }), {
          signal: io.interrupted,
        });
        await rename(part, file);
      } finally {
        await rm(part, { force: true });
      }
      return 0;
    });
  },
};
