import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { goCommand } from '../../support/go.ts';
import { CACHE } from '../../support/paths.ts';
import { run, runOk, type RunResult } from '../../support/run.ts';
import { REGION, type SuiteStore } from '../suite-store.ts';

export interface GoTests {
  /** The compiled tests. */
  program: string;
  /** The module's sources, and the package in them. */
  source: string;
  below: string;
}

interface GoModule {
  /** `path@version`. */
  module: string;
  /** Of the package in the module. */
  below: string;
  /** Arguments of `go test -c`. */
  build: (copy: string) => { cwd: string; args: string[] };
}

/** Fetches a module through the module proxy and compiles the tests of a package of it, once. */
export async function buildGoTests({ module, below, build }: GoModule): Promise<GoTests> {
  const home = join(CACHE, 'vendor-suites', module.split('/').at(-1) ?? module);
  const tests = { program: join(home, 'tests'), source: join(home, 'source'), below };
  if (existsSync(home)) return tests;
  const go = await goCommand();
  const download = await runOk(go, ['mod', 'download', '-json', module], { cwd: CACHE });
  const { Dir } = z.object({ Dir: z.string() }).parse(JSON.parse(download));
  const staging = `${home}.staging`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(dirname(staging), { recursive: true });
  // The module cache is read-only, and tests write beside their sources.
  await cp(Dir, join(staging, 'source'), { recursive: true });
  await makeWritable(join(staging, 'source'));
  const { cwd, args } = build(join(staging, 'source'));
  await runOk(go, ['test', '-c', '-o', join(staging, 'tests'), ...args], {
    cwd,
    env: { ...process.env, GOFLAGS: '-mod=readonly' },
  });
  await rename(staging, home);
  return tests;
}

/** Runs some of the tests in the package's folder; a copy, since they delete each other's files there. */
export async function runGoTests(
  { program, source, below }: GoTests,
  args: string[],
  store: SuiteStore,
): Promise<RunResult> {
  const copy = await mkdtemp(join(tmpdir(), 'rebatch-go-tests-'));
  try {
    await cp(source, copy, { recursive: true });
    const env = {
      ...process.env,
      OSS_TEST_ENDPOINT: store.endpoint,
      OSS_TEST_ACCESS_KEY_ID: store.accessKeyId,
      OSS_TEST_ACCESS_KEY_SECRET: store.accessKeySecret,
      OSS_TEST_REGION: REGION,
    };
    return await run(program, ['-test.timeout', '30m', ...args], { cwd: join(copy, below), env });
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}
