import { enableCompileCache } from 'node:module';
import { systemClock, type Timer } from '@rebatch/model';
import { createLogger, type Logger } from './logger.ts';
import { parseServeOptions } from './parse-serve-options.ts';
import { readableMessage } from './readable-message.ts';
import type { ServeOptions } from './serve-options.ts';
import { SERVE_USAGE } from './serve-usage.ts';
import { stopRequest } from './stop-request.ts';
import { UsageError } from './usage-error.ts';

/** Where the command writes, and what ends it besides SIGTERM and SIGINT. */
export interface ServeIo {
  stdout: TextSink;
  stderr: TextSink;
  interrupted?: AbortSignal;
}

interface TextSink {
  write(text: string): unknown;
}

/** The server has ended 5 s after SIGTERM (architecture.md §6); this leaves a moment for the end itself. */
const LAST_MOMENT_MS = 4500;

/**
 * `rebatch serve`: runs until it is told to stop. The last line of stdout at start is one JSON object
 * (architecture.md §6); events go to stderr, one line each.
 *
 * @param argv what follows `serve` on the command line
 * @returns exit code: 0 stopped when told to, 1 could not start, 2 wrong usage
 */
export async function serveCommand(
  argv: string[],
  env: Readonly<Record<string, string | undefined>>,
  io: ServeIo,
): Promise<number> {
  try {
    const options = parseServeOptions(argv, env);
    if (options === 'help') io.stdout.write(SERVE_USAGE);
    else await serveUntilStopped(options, io);
    return 0;
  } catch (error) {
    io.stderr.write(`rebatch serve: ${readableMessage(error)}\n`);
    if (!(error instanceof UsageError)) return 1;
    io.stderr.write('Try: rebatch serve --help\n');
    return 2;
  }
}

async function serveUntilStopped(options: ServeOptions, io: ServeIo): Promise<void> {
  // Compiled once, most of the start-up time is saved the next time.
  enableCompileCache();
  const { serve } = await import('./serve.ts');
  const log = createLogger(options.logLevel, (line) => io.stderr.write(line), Date.now, options.logFormat);
  const stop = stopRequest(io.interrupted);
  try {
    const server = await serve(options, log);
    io.stdout.write(`${JSON.stringify({ ready: true, api: server.api, oss: server.oss })}\n`);
    log.info('stopping', { reason: await stop.came });
    const lastMoment = exitAtLastMoment(log);
    await server.close();
    lastMoment.cancel();
  } finally {
    stop.dispose();
  }
}

/** What cannot be closed in time is left as after a crash, which the next start knows how to mend. */
function exitAtLastMoment(log: Logger): Timer {
  return systemClock.after(LAST_MOMENT_MS, () => {
    log.warn('not everything could be closed in time');
    process.exit(0);
  });
}
