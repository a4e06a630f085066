import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { openFileStore } from '@rebatch/objects';
import { createOssGateway } from '../gateway/create-oss-gateway.ts';
import { createImageProcessor } from '../images/image-processor.ts';
import { standaloneKey } from './standalone-key.ts';
import {
  parseStandaloneOptions,
  STANDALONE_USAGE,
  type StandaloneOptions,
  StandaloneUsageError,
} from './standalone-options.ts';

interface StandaloneIo {
  stdout: { write: (text: string) => unknown };
  stderr: { write: (text: string) => unknown };
}

/** `npx @rebatch/oss`: serves until SIGTERM or SIGINT. @returns the exit code: 0 done, 1 failed, 2 wrong usage */
export async function runStandalone(
  argv: string[],
  env: NodeJS.ProcessEnv,
  io: StandaloneIo,
): Promise<number> {
  try {
    const options = parseStandaloneOptions(argv, env);
    if (options === 'help') {
      io.stdout.write(STANDALONE_USAGE);
      return 0;
    }
    await serveUntilStopped(options, io);
    return 0;
  } catch (error) {
    io.stderr.write(`rebatch-oss: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof StandaloneUsageError ? 2 : 1;
  }
}

async function serveUntilStopped(options: StandaloneOptions, io: StandaloneIo): Promise<void> {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
  const key = standaloneKey(options);
  const store = await openFileStore({ dir: join(options.dataFolder, 'objects'), clock: systemClock });
  const images = createImageProcessor(systemClock);
  const gateway = createOssGateway({
    store,
    images,
    keys: { find: (id) => (id === key.id ? key : undefined) },
    clock: systemClock,
    region: options.region,
    onError: (error, request) => io.stderr.write(`rebatch-oss: request ${request}: ${String(error)}\n`),
  });
  const server = createServer({ requireHostHeader: false }, gateway);
  // A slow upload of a large object is no reason to break it off.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 65_000;
  try {
    server.listen(options.port, options.host);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : options.port;
    const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
    io.stdout.write(`${JSON.stringify({ ready: true, oss: `http://${options.host}:${port}` })}\n`);
    await stopped;
    server.closeAllConnections();
    server.close();
  } finally {
    await images.close();
    await store.close();
  }
}
