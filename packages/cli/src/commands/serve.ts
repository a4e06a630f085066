import type { RawCommand } from '../command.ts';
import { dataFolder } from '../connection/data-folder.ts';

/** Hands over to the server, with the data folder that all other commands look into. */
export const serveCommand: RawCommand = {
  async runRaw(argv, io) {
    const { serveCommand: serve } = await import('@rebatch/emulator');
    const env = { ...io.env, REBATCH_DATA: dataFolder(undefined, io) };
    // The server's own lines are short: there is nothing to wait for.
    const stderr = { write: (text: string) => io.err(text) };
    const stdout = { write: (text: string) => void io.out(text) };
    return serve([...argv], env, { stdout, stderr, interrupted: io.interrupted });
  },
};
