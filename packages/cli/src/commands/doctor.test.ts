import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { Finding } from '../doctor/check.ts';
import { cliServer } from '../testing/cli-server.ts';
import { main } from '../main.ts';
import { testIo } from '../testing/test-io.ts';

async function findings(env: Record<string, string>, ...argv: string[]): Promise<Map<string, Finding>> {
  const io = testIo({ env });
  await main(['doctor', '--json', ...argv], io);
  const found: Finding[] = JSON.parse(io.stdout()).findings;
  return new Map(found.map((finding) => [finding.what, finding]));
}

test('notices a port that another program has, and says what to do', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const address = squatter.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const found = await findings({ REBATCH_DATA: '/nowhere/data' }, '--api-port', String(address.port));
  expect(found.get('API port')).toMatchObject({
    status: 'missing',
    fix: expect.stringContaining('--api-port'),
  });
  expect(found.get('node')).toMatchObject({ status: 'ok' });
});

test('finds the server that runs with the data folder', async () => {
  const server = await cliServer();
  const found = await findings({ REBATCH_DATA: server.io().env.REBATCH_DATA ?? '' });
  expect(found.get('server')).toMatchObject({ status: 'ok' });
  expect(found.get('clock')).toMatchObject({ status: 'ok' });
});

test('says what to build when an image is missing, and fails', async () => {
  const io = testIo({ env: { REBATCH_DATA: '/nowhere/data' } });
  expect(await main(['doctor', '--image', 'rebatch/never-built:0'], io)).toBe(1);
  expect(io.stdout()).toMatch(/MISSING/);
});
