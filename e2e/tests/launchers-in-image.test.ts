import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../support/paths.ts';
import { run } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ executor: 'simulated' });
});
afterAll(() => server.dispose());

test("the launchers keep their promises with the image's own Blender and ffmpeg, and share frames by claims", async () => {
  await server.objects.makeBucket('films');
  const store = {
    OSS_ENDPOINT: server.oss,
    OSS_ACCESS_KEY_ID: server.accessKeyId,
    OSS_ACCESS_KEY_SECRET: server.accessKeySecret,
  };
  const args = ['run', '--rm', '--network', 'host'];
  args.push('-v', `${join(ROOT, 'packages/launchers/checks')}:/checks:ro`);
  for (const [name, value] of Object.entries(store)) args.push('--env', `${name}=${value}`);
  args.push('rebatch/blender:latest', 'sh', '/checks/in-image.sh');
  const { code, stdout, stderr } = await run('docker', args);
  expect(code, stdout + stderr).toBe(0);
  expect(stdout.split('\n').filter((line) => /^ok\b/.test(line)).length).toBeGreaterThan(38);
  const claims = server.objects.list('films', { prefix: 'out/.rebatch/job-check/claims/render/' });
  expect((await Array.fromAsync(claims)).length).toBe(10);
});
