import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../support/paths.ts';

/** An empty store of its own for a group of tests, which may count the buckets. */
export interface SuiteStore {
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  stop: () => Promise<void>;
}

/** A region that the suites know: some of them look it up in a table. */
export const REGION = 'cn-hangzhou';

const KEY = { accessKeyId: 'LTAIvendorsuite', accessKeySecret: 'secret-of-the-vendor-suites' };

/** Starts `npx rebatch-oss` on a free port. */
export async function startSuiteStore(): Promise<SuiteStore> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-vendor-suite-'));
  const program = join(ROOT, 'packages/oss/bin/rebatch-oss.mjs');
  const child = spawn(process.execPath, [program, '--data', folder, '--port', '0', '--region', REGION], {
    env: {
      ...process.env,
      REBATCH_ACCESS_KEY_ID: KEY.accessKeyId,
      REBATCH_ACCESS_KEY_SECRET: KEY.accessKeySecret,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(([code]) => Promise.reject(new Error(`rebatch-oss ended with code ${code}`))),
  ]);
  const { oss }: { oss: string } = JSON.parse(String(line));
  return {
    endpoint: oss,
    ...KEY,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
