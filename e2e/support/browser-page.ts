import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from './paths.ts';

const PAGES = join(ROOT, 'e2e/clients/ali-oss');
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  mjs: 'text/javascript',
  js: 'text/javascript',
};

/** Chromium that asks nobody for anything: no sandbox (tests run as root), no updates, no synchronisation. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // It ends when this is closed; without it headless Chromium prints the page and ends before the page is done.
  '--remote-debugging-port=0',
];

/**
 * Serves the page of `e2e/clients/ali-oss` with the client's own browser build, opens it in a real Chromium and waits
 * for what it posts. `place` is what the page is told.
 */
export async function runInBrowser(place: object): Promise<string> {
  const outcomes = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    void answer(request).then(
      ({ type, body }) => response.writeHead(200, { 'Content-Type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  const answer = async (request: IncomingMessage): Promise<{ type: string; body: string | Buffer }> => {
    if (request.method === 'POST') {
      outcomes.resolve(await text(request));
      return { type: 'text/plain', body: '' };
    }
    if (request.url === '/place.json') return { type: 'application/json', body: JSON.stringify(place) };
    return readPageFile(request.url ?? '');
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page has no port');
  const profile = await mkdtemp(join(tmpdir(), 'rebatch-chromium-'));
  const page = `http://127.0.0.1:${address.port}/page.html`;
  const chromium = spawn('chromium', [...FLAGS, `--user-data-dir=${profile}`, page], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  try {
    return await Promise.race([outcomes.promise, untimelyEnd(chromium)]);
  } finally {
    await endGroup(chromium);
    server.close();
    server.closeAllConnections();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function readPageFile(url: string): Promise<{ type: string; body: Buffer }> {
  const [, name = '', extension = ''] = /^\/([a-z-]+(?:\.min)?\.(html|mjs|js))$/.exec(url) ?? [];
  const client = dirname(createRequire(import.meta.url).resolve('ali-oss/package.json'));
  const folder = extension === 'js' ? join(client, 'dist') : PAGES;
  return { type: TYPES[extension] ?? '', body: await readFile(join(folder, name)) };
}

async function untimelyEnd(chromium: ChildProcess): Promise<never> {
  let said = '';
  chromium.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-5000);
  });
  const [code] = await once(chromium, 'exit');
  throw new Error(`Chromium ended (${String(code)}) before the page was done:\n${said}`);
}

/** Chromium is many processes; they are one group. */
async function endGroup({ pid, exitCode, signalCode }: ChildProcess): Promise<void> {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  process.kill(-pid, 'SIGKILL');
}
