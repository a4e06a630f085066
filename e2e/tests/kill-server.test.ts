import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { framesSaved } from '../support/render-facts.ts';
import { tinyScene } from '../support/scenes.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd, pictureNames, RENDER_BUCKET, RENDER_LOGS, submitRender } from '../support/submit-render.ts';

const KILLS = 10;
const FRAMES = Array.from({ length: 24 }, (_, index) => index + 1);

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 2 });
});
afterAll(() => server.dispose());

test('a server that is killed ten times in mid-render loses no frame and renders none twice', async () => {
  const id = await submitRender(server, await tinyScene(64), '1-24', 4, { claim: 'on' });
  const pids = new Set([server.pid]);
  for (let kill = 0; kill < KILLS; kill++) {
    // Anywhere: while a sandbox is made, while a frame renders, while results are uploaded.
    await delay(randomInt(50, 1500));
    await server.restart();
    pids.add(server.pid);
  }
  expect(pids.size).toBe(KILLS + 1);

  expect(await jobEnd(server, id)).toMatchObject({ State: 'Finished', Message: '' });
  const names = FRAMES.map((frame) => `${String(frame).padStart(4, '0')}.png`);
  expect(await pictureNames(server)).toEqual(names);
  const saved = await framesSaved(server, RENDER_BUCKET, RENDER_LOGS);
  expect(saved.toSorted((a, b) => a - b)).toEqual(FRAMES);
  const instances = (await server.client.listInstances(id, 'app')).Items;
  expect(instances.map(({ RetryCount }) => RetryCount)).toEqual([0, 0, 0, 0]);
});
