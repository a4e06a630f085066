import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CACHE, ROOT } from '../../support/paths.ts';
import { run, runOk } from '../../support/run.ts';
import { OSS2_REASONS } from '../reasons/oss2.ts';
import { REGION, type SuiteStore } from '../suite-store.ts';
import type { Outcome, TestGroup, VendorSuite } from '../suite.ts';

const OSS2 = 'oss2==2.19.1';
/** What its tests import beside what it needs itself. */
const TEST_PACKAGES = ['mock', 'aliyun-python-sdk-sts'];
const FOLDER = join(CACHE, 'vendor-suites/oss2-2.19.1');
const RUNNER = join(ROOT, 'e2e/vendor-suites/python/run_unittests.py');
const SIGNATURES = ['v1', 'v2', 'v4'];

const OUTCOMES = z.record(z.string(), z.tuple([z.enum(['passed', 'failed', 'skipped']), z.string()]));

export const oss2Suite: VendorSuite = {
  name: 'oss2',
  title: '`oss2` 2.19.1 (Python), its source package’s `tests`, with V1, V2 and V4',
  reasons: OSS2_REASONS,
  async prepare() {
    await fetch();
    const files = await readdir(join(FOLDER, 'source/tests'));
    const modules = files.filter((name) => /^test_.*\.py$/.test(name)).map((name) => name.slice(0, -3));
    return SIGNATURES.flatMap((signature) => modules.map((module) => group(module, signature)));
  },
};

function group(module: string, signature: string): TestGroup {
  return { name: `${module} ${signature}`, run: async (store) => runModule(module, signature, store) };
}

async function runModule(module: string, signature: string, store: SuiteStore): Promise<Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-oss2-'));
  const result = join(folder, 'result.json');
  try {
    // The exit code says what the outcomes say.
    const { stderr } = await run(join(FOLDER, 'venv/bin/python'), [RUNNER, result, `tests.${module}`], {
      cwd: join(FOLDER, 'source'),
      env: {
        ...process.env,
        PYTHONPATH: join(FOLDER, 'source'),
        OSS_TEST_ENDPOINT: store.endpoint,
        OSS_TEST_ACCESS_KEY_ID: store.accessKeyId,
        OSS_TEST_ACCESS_KEY_SECRET: store.accessKeySecret,
        OSS_TEST_AUTH_VERSION: signature,
        OSS_TEST_BUCKET: 'rebatch-oss2-',
        OSS_TEST_REGION: REGION,
      },
    });
    const text = await readFile(result, 'utf8').catch(() => {
      throw new Error(`${module} wrote no result: ${stderr}`);
    });
    return Object.entries(OUTCOMES.parse(JSON.parse(text))).map(([test, [outcome, why]]) => ({
      test,
      outcome,
      why,
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The source package and a Python with what it needs, once. */
async function fetch(): Promise<void> {
  if (existsSync(FOLDER)) return;
  const staging = `${FOLDER}.staging`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(join(staging, 'source'), { recursive: true });
  const venv = join(staging, 'venv');
  await runOk('/usr/bin/python3', ['-m', 'venv', venv]);
  const python = join(venv, 'bin/python');
  const pip = async (...args: string[]) => runOk(python, ['-m', 'pip', '--quiet', ...args]);
  await pip('install', OSS2, ...TEST_PACKAGES);
  await pip('download', '--no-deps', '--no-binary', ':all:', '--dest', staging, OSS2);
  const [archive = ''] = (await readdir(staging)).filter((name) => name.endsWith('.tar.gz'));
  await runOk('tar', ['-xzf', join(staging, archive), '-C', join(staging, 'source'), '--strip-components=1']);
  await rename(staging, FOLDER);
}
