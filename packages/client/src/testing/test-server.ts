import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, parseServeOptions, serve } from '@rebatch/emulator';
import { onTestFinished } from 'vitest';
import { BatchComputeClient } from '../batchcompute/batch-compute-client.ts';
import { OssClient } from '../oss/oss-client.ts';

const KEY = { accessKeyId: 'AK', accessKeySecret: 'SK' };

export interface TestServer {
  api: string;
  oss: string;
  jobs: BatchComputeClient;
  objects: OssClient;
  /** A folder of this test's own. */
  folder: string;
}

/** A real server with the simulated executor (`simulate`: REBATCH_SIMULATE), gone after the running test. */
export async function testServer(simulate = 'duration=1ms'): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-client-'));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const argv = ['--data', data, '--executor', 'simulated', '--api-port', '0', '--oss-port', '0'];
  const options = parseServeOptions(argv, {
    REBATCH_ACCESS_KEY_ID: KEY.accessKeyId,
    REBATCH_ACCESS_KEY_SECRET: KEY.accessKeySecret,
    REBATCH_SIMULATE: simulate,
  });
  if (options === 'help') throw new Error('no options');
  const running = await serve(
    options,
    createLogger('error', () => {}),
  );
  onTestFinished(async () => running.close());
  const jobs = new BatchComputeClient({ endpoint: running.api, ...KEY });
  const objects = new OssClient({ endpoint: running.oss, ...KEY });
  onTestFinished(() => {
    jobs.close();
    objects.close();
  });
  return { api: running.api, oss: running.oss, jobs, objects, folder };
}
