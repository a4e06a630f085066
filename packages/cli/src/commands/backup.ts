import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { DATA_OPTION } from '../connection/administration.ts';
import { dataFolder } from '../connection/data-folder.ts';
import { formatBytes } from '../terminal/format-bytes.ts';

export const backupCommand: Command = {
  usage: ['backup FILE [--force]'],
  about:
    'Writes a copy of the job store (jobs, Apps, accounts with their secrets, events) as it is at one moment, also while the server runs. To restore it, put it into an empty data folder as jobs.db and start the server; docs/operations.md says how objects are kept.',
  options: { force: { help: 'replace FILE when it is there' }, ...DATA_OPTION },
  examples: ['rebatch backup /backup/jobs-2026-11-25.db'],
  async run(options, io) {
    const file = resolve(io.cwd, options.only('FILE'));
    const { AdministrationError, backupStore } = await import('@rebatch/emulator');
    try {
      const bytes = backupStore(dataFolder(options.text('data'), io), file, {
        replace: options.flag('force'),
      });
      await io.out(`${file} ${formatBytes(bytes)}\n`);
      return 0;
    } catch (error) {
      throw error instanceof AdministrationError ? new CliError(error.message, { cause: error }) : error;
    }
  },
};
