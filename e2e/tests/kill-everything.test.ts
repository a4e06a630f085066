import { randomInt } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../fuzz/random.ts';
import { submitFramesJob } from '../support/frames-job.ts';
import { letGo } from '../support/hold.ts';
import { mountDaemonPids, mountsOf } from '../support/mount-daemon.ts';
import { type PrivateDockerd, privateDockerd } from '../support/private-dockerd.ts';
import { runOk } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

/** `REBATCH_KILLS`: how often; the default fits into a CI run. `REBATCH_SEED` repeats a night. */
const KILLS = Number(process.env['REBATCH_KILLS'] ?? 6);
const SEED = Number(process.env['REBATCH_SEED'] ?? randomInt(1_000_000));
const SLOTS = 3;
const FRAMES_EACH = 3;
const VICTIMS = ['server', 'mount daemon', 'standby of the mount daemon', 'dockerd'] as const;

let docker: PrivateDockerd;
let server: StartedServer;
beforeAll(async () => {
  docker = await privateDockerd('rebatch/img-ubuntu:latest');
  server = await startServer({ env: { DOCKER_HOST: docker.host }, slots: SLOTS });
});
afterAll(async () => {
  try {
    await server?.dispose();
  } finally {
    await docker?.dispose();
  }
});

async function kill(victim: (typeof VICTIMS)[number]): Promise<void> {
  if (victim === 'server') return server.restart();
  if (victim === 'dockerd') {
    await docker.kill();
    return docker.start();
  }
  const place = victim === 'mount daemon' ? 0 : 1;
  // Both at once is another test: nobody promises that programs survive it.
  const pids = await until('the mount daemon has its standby', async () => {
    const found = await mountDaemonPids(server.dataDir);
    return found.length === 2 && found;
  });
  process.kill(pids[place] ?? 0, 'SIGKILL');
  await until('somebody takes its part', async () => {
    const now = await mountDaemonPids(server.dataDir);
    return now.length === 2 && !now.includes(pids[place] ?? 0);
  });
}

test(`a job survives ${KILLS} kills of server, mount daemon and dockerd; nothing is lost, doubled, torn or left behind`, async () => {
  console.log(`REBATCH_SEED=${SEED}`);
  const random = seededRandom(SEED);
  const job = await submitFramesJob(server, KILLS * SLOTS, FRAMES_EACH);
  const { client } = server;
  const finished = new Map<number, string>();
  let engineDeaths = 0;
  for (let round = 0; round < KILLS; round += 1) {
    // All kills fall into the job: it is held up until after the last.
    await delay(100 + random.below(1200));
    const victim = random.pick(VICTIMS);
    await kill(victim);
    if (victim === 'dockerd') engineDeaths += 1;
    const { State: state, Message: message } = await client.getJob(job.id);
    expect(state, `after killing the ${victim}: ${message}`).toMatch(/Running|Waiting/);
    expect((await job.stored()).wrong, `after killing the ${victim}`).toEqual([]);
    for (const { InstanceId, State, EndTime } of (await client.listInstances(job.id, 'render')).Items) {
      expect(finished.get(InstanceId) ?? EndTime, 'what is finished stays so').toBe(EndTime);
      if (State === 'Finished') finished.set(InstanceId, EndTime);
    }
  }

  const ended = await until('the job ends', async () => {
    await letGo(job.id, docker.host);
    const seen = await client.getJob(job.id);
    return seen.EndTime !== '' && seen;
  });
  expect(ended).toMatchObject({ State: 'Finished', Message: '' });
  expect(await job.stored()).toEqual({ right: job.instances * FRAMES_EACH, wrong: [] });
  expect(await job.gathered()).toBe(true);
  expect((await job.saved()).filter((times) => times !== 1)).toEqual([]);
  // Only what went down with its engine is begun anew.
  const retries = (await client.listInstances(job.id, 'render')).Items.reduce(
    (sum, i) => sum + i.RetryCount,
    0,
  );
  expect(retries).toBeLessThanOrEqual(engineDeaths * SLOTS);

  const dataDir = await realpath(server.dataDir);
  await until('no mount of an attempt is left', async () => (await mountsOf(dataDir)).attempts.length === 0);
  await until('no container is left', async () => {
    return (await runOk('docker', ['-H', docker.host, 'ps', '-aq'])) === '';
  });
  const daemon = await mountDaemonPids(dataDir);
  await server.dispose();
  await until('no mount at all is left', async () => (await mountsOf(dataDir)).all.length === 0);
  await until('the mount daemon ends', () => daemon.every((pid) => !isRunning(pid)));
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
