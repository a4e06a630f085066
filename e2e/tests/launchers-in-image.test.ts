import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/paths.ts';
import { run } from '../support/run.ts';

test("the launchers keep their promises with the image's own Blender", async () => {
  const args = [
    'run',
    '--rm',
    '--network',
    'none',
    '-v',
    `${join(ROOT, 'packages/launchers/checks')}:/checks:ro`,
  ];
  args.push('rebatch/blender:latest', 'sh', '/checks/in-image.sh');
  const { code, stdout, stderr } = await run('docker', args);
  expect(code, stdout + stderr).toBe(0);
  expect(stdout.split('\n').filter((line) => /^ok\b/.test(line)).length).toBeGreaterThan(30);
});
