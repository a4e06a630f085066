import type { Administration } from '@rebatch/emulator';
import { CliError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';
import { dataFolder } from './data-folder.ts';

/** Where the farm's data is: part of every command that works on it without a server. */
export const DATA_OPTION = {
  data: { value: 'DIR', help: 'data folder of the server (else $REBATCH_DATA, else ~/.rebatch)' },
} as const;

/** Runs `work` on the data folder of the server on this machine, whether it runs or not. */
export async function withAdministration<T>(
  options: Options,
  io: Io,
  work: (administration: Administration) => Promise<T>,
): Promise<T> {
  const { openAdministration } = await import('@rebatch/emulator');
  let administration: Administration | undefined;
  try {
    administration = openAdministration(dataFolder(options.text('data'), io));
    return await work(administration);
  } catch (error) {
    const isPlain = error instanceof Error && ['AdministrationError', 'StoreError'].includes(error.name);
    throw isPlain ? new CliError(error.message, { cause: error }) : error;
  } finally {
    administration?.close();
  }
}
