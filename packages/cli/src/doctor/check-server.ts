import { createServer } from 'node:net';
import { readLocalServer } from '../connection/data-folder.ts';
import type { CheckContext, Finding } from './check.ts';

/** More than this from the server's clock, and signatures are refused (spec/batchcompute-api.md §2). */
const LARGEST_SKEW_MS = 15 * 60_000;

/** A busy machine's server may need a while for an answer. */
const PATIENCE_MS = 10_000;

/** The server when it runs, else whether its ports are free; and the clock. */
export async function checkServer(context: CheckContext): Promise<Finding[]> {
  const { server } = readLocalServer(context.dataFolder);
  const date = server === undefined ? undefined : await health(server.api);
  if (server !== undefined && date !== undefined) {
    const skew = Math.abs(Date.now() - date);
    return [
      { what: 'server', status: 'ok', detail: `runs at ${server.api}, objects at ${server.oss}` },
      skew <= LARGEST_SKEW_MS
        ? { what: 'clock', status: 'ok', detail: new Date().toUTCString() }
        : {
            what: 'clock',
            status: 'missing',
            detail: `${Math.round(skew / 60_000)} minutes off the server's`,
            fix: 'sudo timedatectl set-ntp true',
          },
    ];
  }
  return [
    { what: 'server', status: 'note', detail: 'does not run', fix: 'rebatch serve' },
    await checkPort('API port', context.apiPort, '--api-port'),
    await checkPort('OSS port', context.ossPort, '--oss-port'),
    checkClockAlone(),
  ];
}

/** The server's date in milliseconds, or undefined when no server is healthy there. */
async function health(api: string): Promise<number | undefined> {
  try {
    const reply = await fetch(new URL('/health', api), { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!reply.ok) return undefined;
    await reply.body?.cancel();
    return Date.parse(reply.headers.get('date') ?? '') || Date.now();
  } catch {
    return undefined;
  }
}

async function checkPort(what: string, port: number, option: string): Promise<Finding> {
  if (await isFree(port)) return { what, status: 'ok', detail: `${port} is free` };
  const fix = `rebatch serve ${option} OTHER, or end what listens there: ss -ltnp 'sport = :${port}'`;
  return { what, status: 'missing', detail: `${port} is taken by another program`, fix };
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Without anybody to compare with only a clock that was never set can be told. */
function checkClockAlone(): Finding {
  const now = new Date();
  if (now.getUTCFullYear() >= 2025) return { what: 'clock', status: 'ok', detail: now.toUTCString() };
  return {
    what: 'clock',
    status: 'missing',
    detail: `says ${now.toUTCString()}`,
    fix: 'sudo timedatectl set-ntp true',
  };
}
