import { afterAll, beforeAll, expect, test } from 'vitest';
import { framesSaved } from '../support/render-facts.ts';
import { run } from '../support/run.ts';
import { tinyScene } from '../support/scenes.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd, pictureNames, RENDER_BUCKET, RENDER_LOGS, submitRender } from '../support/submit-render.ts';
import { until } from '../support/until.ts';

const FRAMES = Array.from({ length: 24 }, (_, index) => index + 1);
const PICTURES = FRAMES.map((frame) => `${String(frame).padStart(4, '0')}.png`);

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 2 });
});
afterAll(() => server.dispose());

/** Names below a folder of the output that is no picture's. */
const hidden = async (folder: string): Promise<string[]> => {
  const prefix = `output/.rebatch/${folder}/`;
  const found = await Array.fromAsync(server.objects.list(RENDER_BUCKET, { prefix }));
  return found.map(({ key }) => key.slice(prefix.length));
};

const saved = async (): Promise<number[]> => {
  const frames = await framesSaved(server, RENDER_BUCKET, RENDER_LOGS);
  return frames.toSorted((a, b) => a - b);
};

test('when an instance is killed, its next try brings what was lost; a job sent again renders only what is missing', async () => {
  const id = await submitRender(server, await tinyScene(64), '1-24', 2, { claim: 'on' });
  await until('some frames are saved', async () => (await saved()).length >= 4);
  await run('docker', ['kill', '--signal', 'KILL', `rebatch-${id}.app.0.0`]);
  expect(await jobEnd(server, id)).toMatchObject({ State: 'Finished', Message: '' });

  expect(await pictureNames(server)).toEqual(PICTURES);
  const again = await server.client.getInstance(id, 'app', 0);
  expect(again.RetryCount).toBe(1);
  // Rendered twice is only what the killed one had rendered and not brought home: at most its last few frames.
  const all = await saved();
  expect(new Set(all)).toEqual(new Set(FRAMES));
  expect(all.length).toBeLessThan(FRAMES.length + 8);
  await until('the claims are cleared away', async () => (await hidden(`${id}/claims`)).length === 0);

  // Sent again with the same scene, which is older than its last pictures by seconds.
  await server.objects.delete(RENDER_BUCKET, 'output/result/0022.png');
  const resumed = await submitRender(server, undefined, '13-24', 2, { resume: 'yes' });
  expect(await jobEnd(server, resumed)).toMatchObject({ State: 'Finished' });
  expect(await framesSaved(server, RENDER_BUCKET, RENDER_LOGS, resumed)).toEqual([22]);
  expect(await hidden(`${resumed}/thumbnails`)).toEqual(['app/22.jpg']);
  expect(await pictureNames(server)).toEqual(PICTURES);
});
