import { onTestFinished } from 'vitest';
import { type Dialect, dialects, type PlainRequest } from '../../api/test-support/dialects.ts';
import { type Received, send } from '../../api/test-support/send.ts';
import { parseSimulation } from '../../executor/simulated/parse-simulation.ts';
import { createLogger } from '../logger.ts';
import { type RunningServer, serve } from '../serve.ts';
import type { ServeOptions } from '../serve-options.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const KEY = { id: 'AK', secret: 'SK' };

export interface TestServer extends RunningServer {
  log: string[];
  /** Signs as the account {@link KEY} in one dialect, Python's unless told otherwise. */
  call: (request: PlainRequest, dialect?: Dialect) => Promise<Received>;
}

/** A server on free ports with the simulated executor and a new data folder, closed after the running test. */
export async function startServer(
  options: Partial<ServeOptions> = {},
  account: 'with a given key' | 'without a given key' = 'with a given key',
): Promise<TestServer> {
  const log: string[] = [];
  const server = await serve(
    {
      dataFolder: options.dataFolder ?? temporaryFolder(),
      host: '127.0.0.1',
      apiPort: 0,
      ossPort: 0,
      executor: 'simulated',
      region: 'local',
      slots: 2,
      mounts: 'auto',
      nas: [],
      taskKeys: true,
      strictSizes: false,
      maxProcesses: 4096,
      keepFailed: { count: 0, hours: 1 },
      simulation: parseSimulation('duration=1ms'),
      logLevel: 'debug',
      logFormat: 'text',
      keepJobs: 1000,
      keepDays: 30,
      ...(account === 'with a given key' ? { accessKey: KEY } : {}),
      ...options,
    },
    createLogger('debug', (line) => log.push(line)),
  );
  onTestFinished(() => server.close());
  return {
    ...server,
    log,
    call: (request, dialect = dialects.python) => send(server.api, dialect(request, KEY)),
  };
}
