import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOk } from './run.ts';

/**
 * A pip for packages of 2015 on today's Python: their setup scripts want a setuptools that still has `pkg_resources`,
 * hence a virtual environment and no build isolation. It is gone afterwards.
 */
export async function withPip(
  use: (pip: (command: string, ...args: string[]) => Promise<string>) => Promise<void>,
): Promise<void> {
  const venv = await mkdtemp(join(tmpdir(), 'rebatch-pip-'));
  try {
    // Debian's own interpreter is the one inside the images, so compiled modules fit.
    await runOk('/usr/bin/python3', ['-m', 'venv', venv]);
    const program = join(venv, 'bin/pip');
    await runOk(program, ['install', '--quiet', 'setuptools<81', 'wheel']);
    await use((command, ...args) => runOk(program, [command, '--quiet', '--no-build-isolation', ...args]));
  } finally {
    await rm(venv, { recursive: true, force: true });
  }
}
