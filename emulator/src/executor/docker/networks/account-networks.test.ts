import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { AttemptSpec } from '@rebatch/worker';
import { describe, expect, it, vi } from 'vitest';
import { dataIdOf } from '../data-id.ts';
import { ensureMetadataNetwork, METADATA_ADDRESS } from '../metadata/metadata-network.ts';
import { type DockerWorld, dockerWorld } from '../testing/docker-world.ts';

const OPERATOR = '1';
const PORT = 5000;

describe.concurrent('programs of two accounts', () => {
  it('do not reach each other, those of one account do', async () => {
    await using world = await dockerWorld();
    const [ofTwo, ofOperator] = await Promise.all([listening(world, '2'), listening(world, OPERATOR)]);
    // They may come to listen a moment after they were started.
    await vi.waitUntil(() => reaches(world, '2', ofTwo, PORT));
    await vi.waitUntil(() => reaches(world, OPERATOR, ofOperator, PORT));
    const others = await Promise.all([
      reaches(world, '3', ofTwo, PORT),
      reaches(world, OPERATOR, ofTwo, PORT),
      reaches(world, '2', ofOperator, PORT),
    ]);
    expect(others).toEqual([false, false, false]);
  });

  it('all reach this host, at the metadata address, too', async () => {
    await using world = await dockerWorld();
    await ensureMetadataNetwork(world.docker);
    const health = world.executor.health();
    const gateway = health.available ? health.gatewayAddress : undefined;
    for (const address of [gateway ?? '', METADATA_ADDRESS]) {
      const server = createServer((socket) => socket.end('hello\n')).listen(0, address);
      await once(server, 'listening');
      const { port } = Object(server.address());
      expect(await reaches(world, OPERATOR, address, port)).toBe(true);
      expect(await reaches(world, '2', address, port)).toBe(true);
      server.close();
    }
  });

  it('have networks that stay while the server runs, and go with it when no container is on them', async () => {
    await using world = await dockerWorld();
    const one = await program(world, '2', 'true');
    const other = await program(world, '3', 'true');
    await world.run(one);
    await world.run(other);
    world.executor.forget(one.id);
    await vi.waitUntil(async () => (await world.containers()).length === 1);
    expect(await networks(world)).toEqual(['2', '3']);
    await world.letGo();
    expect(await networks(world)).toEqual(['3']);
    await world.takeUp();
  });
});

/** An attempt of an account, whose output goes to a bucket of its own. */
async function program(world: DockerWorld, owner: string, commandLine: string): Promise<AttemptSpec> {
  const bucket = `of-${owner}`;
  if (!(await world.objects.listBuckets(owner)).some(({ name }) => name === bucket)) {
    await world.objects.createBucket(bucket, owner);
  }
  const instanceId = nextInstance++;
  const urls = { stdoutUrl: `oss://${bucket}/stdout`, stderrUrl: `oss://${bucket}/stderr` };
  return world.spec({ owner, commandLine, instanceId, ...urls });
}

let nextInstance = 0;

/** Starts a program that says `hello` to whoever connects; the address of its sandbox. */
async function listening(world: DockerWorld, owner: string): Promise<string> {
  const spec = await program(world, owner, `exec busybox nc -ll -p ${PORT} -e echo hello`);
  world.executor.start(spec);
  await vi.waitUntil(() => world.events.some(({ attemptId }) => attemptId === spec.id));
  const info = await world.docker.getContainer(`rebatch-${spec.id}`).inspect();
  return Object.values(info.NetworkSettings.Networks)[0]?.IPAddress ?? '';
}

/** True when a program of the account hears `hello` at the address. */
async function reaches(world: DockerWorld, owner: string, address: string, port: number): Promise<boolean> {
  const ask = `busybox nc -w 1 ${address} ${port} </dev/null | busybox grep -q hello`;
  const outcome = await world.run(await program(world, owner, ask));
  return outcome.kind === 'exited' && outcome.exitCode === 0;
}

/** Accounts that have a network of this world's. */
async function networks(world: DockerWorld): Promise<string[]> {
  const filters = { label: [`dev.rebatch.data=${await dataIdOf(join(world.dataDir, 'attempts'))}`] };
  const found = await world.docker.listNetworks({ filters });
  return found.map(({ Labels }) => Labels?.['dev.rebatch.account'] ?? '').toSorted();
}
