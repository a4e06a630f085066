import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/paths.ts';
import { type StartedStore, startOssProgram } from '../support/start-oss-program.ts';

/** An empty store of its own for a group of tests, which may count the buckets. */
export interface SuiteStore extends StartedStore {
  accessKeyId: string;
  accessKeySecret: string;
}

/** A region that the suites know: some of them look it up in a table. */
export const REGION = 'cn-hangzhou';

const KEY = { accessKeyId: 'LTAIvendorsuite', accessKeySecret: 'secret-of-the-vendor-suites' };

/** Starts `rebatch-oss` on a free port, with an empty folder. */
export async function startSuiteStore(): Promise<SuiteStore> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-vendor-suite-'));
  const program = join(ROOT, 'packages/oss/bin/rebatch-oss.mjs');
  const args = ['--data', folder, '--port', '0', '--region', REGION];
  const { endpoint, stop } = await startOssProgram(program, args, KEY);
  return {
    endpoint,
    ...KEY,
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
