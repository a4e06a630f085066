import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit, type AuditedJob, CLEAN } from '../support/audit.ts';
import { simulatedJob, type SimulatedTasks } from '../support/simulated-job.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';
import { until } from '../support/until.ts';

/** `REBATCH_KILLS`: how often; the default fits into a CI run. */
const KILLS = Number(process.env['REBATCH_KILLS'] ?? 100);
const SLOTS = 6;
/** Two tasks that run side by side between a first and a last one. */
const DIAMOND: SimulatedTasks = {
  split: { instances: 2 },
  left: { instances: 3, after: ['split'] },
  right: { instances: 3, after: ['split'] },
  join: { instances: 1, after: ['left', 'right'] },
};

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({
    executor: 'simulated',
    simulate: 'duration=1ms..120ms,fail=0.1,lost=0.05,keep=1',
    slots: SLOTS,
  });
});
afterAll(() => server.dispose());

test(`a server that is killed ${KILLS} times under load loses nothing and runs nothing twice`, async () => {
  const jobs: AuditedJob[] = [];
  let isNight = true;
  const open = (): boolean => isNight;
  const customer = async (): Promise<void> => {
    while (open()) {
      // Whatever a kill cut short is asked again with the same token, as a careful client does.
      const token = randomUUID();
      let id: string | undefined;
      while (id === undefined) {
        id = await server.client.createJob(simulatedJob(DIAMOND), token).catch(() => undefined);
      }
      jobs.push({ id, tasks: DIAMOND });
      await delay(randomInt(5, 50));
    }
  };
  const customers = [customer(), customer()];
  for (let kill = 0; kill < KILLS; kill++) {
    // Anywhere: between a job's answer and its first attempt, in a transaction, at a checkpoint.
    await delay(randomInt(0, 150));
    // On a busy machine a life may be too short for a single answer.
    await until('enough jobs are accepted', () => jobs.length >= kill / 4);
    await server.restart();
  }
  isNight = false;
  await Promise.all(customers);
  for (const { id } of jobs) await jobEnd(server, id);

  const { attempts, storedAt: _, ...faults } = await audit(server, SLOTS, jobs);
  expect(attempts).toBeGreaterThanOrEqual(jobs.length * 9);
  expect(faults).toEqual(CLEAN);
});
