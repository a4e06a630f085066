import { describe, expect, it, onTestFinished } from 'vitest';
import { Endpoints } from './endpoints.ts';
import { healthLog } from './health-log.ts';
import { createLogger } from './logger.ts';
import { SandboxGateway } from './sandbox-gateway.ts';

async function open(): Promise<{
  gateway: SandboxGateway;
  port: number;
  endpoints: Endpoints;
  log: string[];
}> {
  const log: string[] = [];
  const endpoints = new Endpoints();
  onTestFinished(() => endpoints.close(0));
  const { port } = await endpoints.listen((_request, response) => response.end('main'), {
    host: '127.0.0.1',
    port: 0,
  });
  const gateway = new SandboxGateway(
    (_request, response) => response.end('gateway'),
    { host: '127.0.0.1', port },
    endpoints,
    createLogger('info', (line) => log.push(line)),
  );
  return { gateway, port, endpoints, log };
}

describe('The OSS gateway for sandboxes', () => {
  it('answers on the address that the executor names, on the same port, until the server closes', async () => {
    const { gateway, port, endpoints, log } = await open();
    const url = `http://127.0.0.2:${port}`;
    await gateway.follow({ available: true, gatewayAddress: '127.0.0.2' });
    await gateway.follow({ available: true, gatewayAddress: '127.0.0.2' });
    expect(await (await fetch(url, { headers: { Connection: 'close' } })).text()).toBe('gateway');
    expect(log).toHaveLength(1);
    await endpoints.close(0);
    await expect(fetch(url)).rejects.toThrow(TypeError);
  });

  it('does nothing while there is no address, or when it is the main one', async () => {
    const { gateway, log } = await open();
    await gateway.follow({ available: false, reason: 'The daemon is down.' });
    await gateway.follow({ available: true });
    await gateway.follow({ available: true, gatewayAddress: '127.0.0.1' });
    expect(log).toEqual([]);
  });

  it('says when an address cannot be had, and tries again at the next change', async () => {
    const { gateway, log } = await open();
    await gateway.follow({ available: true, gatewayAddress: '192.0.2.1' });
    await gateway.follow({ available: true, gatewayAddress: '192.0.2.1' });
    expect(log).toEqual([
      expect.stringContaining('this machine has no such address'),
      expect.stringContaining('this machine has no such address'),
    ]);
  });
});

describe('The health of the executor', () => {
  it('is logged when it changes', () => {
    const log: string[] = [];
    const note = healthLog(createLogger('info', (line) => log.push(line)));
    note({ available: true });
    note({ available: false, reason: 'down' });
    note({ available: false, reason: 'down' });
    note({ available: true });
    expect(log).toEqual([
      expect.stringMatching(/ warn the executor is not available reason=down\n$/),
      expect.stringMatching(/ info the executor is available again\n$/),
    ]);
  });
});
