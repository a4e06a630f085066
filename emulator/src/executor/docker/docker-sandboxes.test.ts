import { randomBytes } from 'node:crypto';
import { systemClock } from '@rebatch/model';
import Docker from 'dockerode';
import { expect, test } from 'vitest';
import type { ContainerHost } from './container-options.ts';
import { DockerConnection } from './docker-connection.ts';
import { DockerSandboxes } from './docker-sandboxes.ts';
import { AccountNetworks } from './networks/account-networks.ts';
import { tinyImage } from './testing/tiny-image.ts';

test('a sandbox starts though somebody pruned its network after it was made', async () => {
  const dataId = randomBytes(8).toString('hex');
  const connection = new DockerConnection({
    clock: systemClock,
    healthChanged: () => undefined,
    connected: async () => undefined,
  });
  await connection.open();
  const host: ContainerHost = { dataId, maxProcesses: 100, gpus: () => 'none' };
  const networks = new AccountNetworks({ connection, dataId, operator: '1' });
  const sandboxes = new DockerSandboxes(connection, host, networks);
  const attemptId = `job-${dataId}.t.0.0`;
  const network = new Docker().getNetwork(await networks.of('2'));
  try {
    await sandboxes.create({
      attemptId,
      owner: '2',
      image: await tinyImage(),
      command: ['true'],
      env: {},
      workingDirectory: '/',
      binds: [],
    });
    await network.remove();
    await sandboxes.start(attemptId);
    expect(await sandboxes.wait(attemptId)).toMatchObject({ phase: 'ended', exitCode: 0 });
  } finally {
    await sandboxes.remove(attemptId);
    await network.remove();
    connection.close(new Error('the test is over'));
  }
});
