import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchComputeClient, OssClient } from '@rebatch/client';
import { createLogger, parseServeOptions, serve } from '@rebatch/emulator';
import { onTestFinished } from 'vitest';
import { readLocalServer } from '../connection/data-folder.ts';
import { main } from '../main.ts';
import { testIo, type TestIo } from './test-io.ts';

interface Ran {
  code: number;
  out: string;
  err: string;
}

export interface CliServer {
  /** Runs one command line against the server, found through its data folder. */
  run: (...argv: string[]) => Promise<Ran>;
  /** A terminal of its own, for tests that act while a command runs. */
  io(options?: Parameters<typeof testIo>[0]): TestIo;
  /** Current folder of the commands. */
  folder: string;
  jobs: BatchComputeClient;
  oss: OssClient;
}

/** A real server with the simulated executor, gone after the running test. */
export async function cliServer(simulate = 'duration=1ms'): Promise<CliServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-cli-'));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  const data = join(folder, '.data');
  const argv = ['--data', data, '--executor', 'simulated', '--api-port', '0', '--oss-port', '0'];
  const options = parseServeOptions(argv, { REBATCH_SIMULATE: simulate });
  if (options === 'help') throw new Error('no options');
  const server = await serve(
    options,
    createLogger('error', () => {}),
  );
  onTestFinished(async () => server.close());
  const { credentials } = readLocalServer(data);
  if (credentials === undefined) throw new Error('the server made no key');
  const jobs = new BatchComputeClient({ endpoint: server.api, ...credentials });
  const oss = new OssClient({ endpoint: server.oss, ...credentials });
  onTestFinished(() => {
    jobs.close();
    oss.close();
  });
  const io = (given: Parameters<typeof testIo>[0] = {}) =>
    testIo({ cwd: folder, ...given, env: { REBATCH_DATA: data, ...given.env } });
  return {
    folder,
    jobs,
    oss,
    io,
    run: async (...args) => {
      const terminal = io();
      const code = await main(args, terminal);
      return { code, out: terminal.stdout(), err: terminal.stderr() };
    },
  };
}
