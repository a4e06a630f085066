import type { ImportCounts } from '@rebatch/client';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { splitExport } from '../move/split-export.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';

/** Bytes that go to the server at once: it stores some 5,000 jobs in a quarter of a second, while others wait. */
const PART_BYTES = 4 * 1024 * 1024;

export const importCommand: Command = {
  usage: ['import FILE [--json]'],
  about:
    'Takes in what "rebatch export" wrote; FILE is "-" for standard input. What is there already stays as it is, so that an import can be repeated. Jobs that had work left come in as Stopped, since they may still run where they came from: "rebatch start" goes on with them.',
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(options, io) {
    const name = options.only('FILE');
    const all = name === '-' ? await text(io.stdin) : await readFile(resolve(io.cwd, name), 'utf8');
    const parts = splitExport(all, PART_BYTES);
    const sum: ImportCounts = { jobs: 0, apps: 0, keptJobs: 0, keptApps: 0 };
    await withConnection(options, io, async ({ operations }) => {
      for (const part of parts) {
        const counts = await operations.import(Buffer.from(part));
        sum.jobs += counts.jobs;
        sum.apps += counts.apps;
        sum.keptJobs += counts.keptJobs;
        sum.keptApps += counts.keptApps;
      }
    });
    await io.out(
      options.flag('json')
        ? `${JSON.stringify(sum, null, 2)}\n`
        : `${sum.jobs} jobs and ${sum.apps} Apps imported; ${sum.keptJobs} jobs and ${sum.keptApps} Apps were there already\n`,
    );
    return 0;
  },
};
