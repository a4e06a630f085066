import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { send } from '../api/test-support/send.ts';
import { readServerFile } from './server-file.ts';
import { serveCommand } from './serve-command.ts';
import { firstLine, serveProcess } from './test-support/serve-process.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

const FREE_PORTS = ['--api-port', '0', '--oss-port', '0'];
const READY = {
  ready: true,
  api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  oss: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
};

describe('rebatch serve', () => {
  it('says where it is in one line of JSON, and ends with 0 on SIGTERM', async () => {
    const data = temporaryFolder();
    const server = serveProcess('--data', data, ...FREE_PORTS);
    const ready = await firstLine(server);
    expect(ready).toEqual(READY);
    const health = await send(String(Object(ready).api), { method: 'GET', target: '/health' });
    expect(health.status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(await server.stderr).toMatch(/ info stopping reason=SIGTERM\n$/);
    expect(readServerFile(data)).toBeUndefined();
  });

  it('starts again on the data of a server that was killed', async () => {
    const data = temporaryFolder();
    const killed = serveProcess('--data', data, ...FREE_PORTS);
    await firstLine(killed);
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toBeNull();
    expect(readServerFile(data)).toMatchObject({ pid: killed.child.pid });
    expect(await firstLine(serveProcess('--data', data, ...FREE_PORTS))).toEqual(READY);
  });

  it('refuses a taken port and a folder in use with one line and 1', async () => {
    const data = temporaryFolder();
    const first = serveProcess('--data', data, ...FREE_PORTS);
    const port = new URL(String(Object(await firstLine(first)).api)).port;
    const samePort = serveProcess('--data', temporaryFolder(), '--oss-port', '0', '--api-port', port);
    expect(await samePort.ended).toBe(1);
    expect(await samePort.stderr).toBe(
      `rebatch serve: cannot listen on 127.0.0.1:${port}: the port is taken\n`,
    );
    const sameData = serveProcess('--data', data, ...FREE_PORTS);
    expect(await sameData.ended).toBe(1);
    expect(await sameData.stderr).toMatch(
      /^rebatch serve: the data folder .* is in use by the server with pid .*\n$/,
    );
  });

  it('refuses a data folder that cannot be read with one line and 1', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const server = serveProcess('--data', file, ...FREE_PORTS);
    expect(await server.ended).toBe(1);
    expect(await server.stderr).toBe(
      `rebatch serve: cannot use the data folder ${file}: it is not a folder\n`,
    );
  });

  it('refuses a store that was cut off with one line and 1, and keeps its log', async () => {
    const data = temporaryFolder();
    const killed = serveProcess('--data', data, ...FREE_PORTS);
    await firstLine(killed);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const log = readFileSync(join(data, 'jobs.db-wal'));
    truncateSync(join(data, 'jobs.db'), 0);
    const server = serveProcess('--data', data, ...FREE_PORTS);
    expect(await server.ended).toBe(1);
    expect(await server.stderr).toMatch(/^rebatch serve: The store .*jobs\.db is damaged: .*\n$/);
    expect(readFileSync(join(data, 'jobs.db-wal')).equals(log)).toBe(true);
  });

  it('explains itself, and what is wrong with a command line, with 2', async () => {
    const written: string[] = [];
    const sink = { write: (text: string) => written.push(text) };
    expect(await serveCommand(['--help'], {}, { stdout: sink, stderr: sink })).toBe(0);
    expect(written.join('')).toMatch(/^Usage: rebatch serve/);
    written.length = 0;
    expect(await serveCommand(['--slots', 'many'], {}, { stdout: sink, stderr: sink })).toBe(2);
    expect(written.join('')).toBe(
      'rebatch serve: --slots must be a whole number from 1 to 100000, not "many"\nTry: rebatch serve --help\n',
    );
  });
});
