import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/paths.ts';
import { run } from '../support/run.ts';

test("the launchers keep their promises with the image's own Blender", async () => {
  const checks = ['-v', `${join(ROOT, 'packages/launchers/checks')}:/checks:ro`];
  const { code, stdout, stderr } = await run('docker', [
    ...['run', '--rm', '--network', 'none', ...checks, 'rebatch/blender:latest', 'sh', '/checks/in-image.sh'],
  ]);
  expect(code, stdout + stderr).toBe(0);
  expect(stdout.split('\n').filter((line) => /^ok\b/.test(line)).length).toBeGreaterThan(30);
});
