import { type RunResult, run } from './run.ts';
import { REBATCH, type StartedServer } from './server.ts';

/** Runs the `rebatch` command against a server, as a person without a terminal would. */
export function rebatch(server: StartedServer, ...args: string[]): Promise<RunResult> {
  return run(process.execPath, [REBATCH, ...args], { env: server.env });
}
