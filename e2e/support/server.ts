import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BatchComputeClient, OssClient } from '@rebatch/client';
import { z } from 'zod';
import { removeContainersOf } from './containers.ts';
import { ROOT } from './paths.ts';

export const REBATCH = join(ROOT, 'packages/cli/bin/rebatch.mjs');

/** A real `rebatch serve` in its own process, with its own data folder and ports. */
export interface StartedServer {
  readonly api: string;
  readonly oss: string;
  readonly dataDir: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly client: BatchComputeClient;
  readonly objects: OssClient;
  /** Environment with which `rebatch` and other clients reach this server. */
  readonly env: NodeJS.ProcessEnv;
  readonly pid: number;
  /** SIGKILL, and wait until it is gone. The data folder stays. */
  kill(): Promise<void>;
  /** Starts again on the same data folder and ports; resolves once ready. */
  restart(): Promise<void>;
  /** Ends the server and removes its data folder and containers. */
  dispose(): Promise<void>;
}

export interface ServerOptions {
  executor?: 'docker' | 'simulated';
  simulate?: string;
  slots?: number;
  env?: NodeJS.ProcessEnv;
  args?: string[];
  /** Default: a new temporary folder. */
  dataDir?: string;
}

const READY = z.object({ ready: z.literal(true), api: z.string(), oss: z.string() });
type Ready = Pick<z.infer<typeof READY>, 'api' | 'oss'>;

export async function startServer(options: ServerOptions = {}): Promise<StartedServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'rebatch-e2e-')));
  const accessKeyId = `e2e${randomBytes(6).toString('hex')}`;
  const accessKeySecret = randomBytes(15).toString('hex');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...options.env,
    REBATCH_ACCESS_KEY_ID: accessKeyId,
    REBATCH_ACCESS_KEY_SECRET: accessKeySecret,
    ...(options.simulate === undefined ? {} : { REBATCH_SIMULATE: options.simulate }),
  };

  let child: ChildProcess;
  const launch = async (apiPort: string, ossPort: string): Promise<Ready> => {
    const args = ['serve', '--data', dataDir, '--api-port', apiPort, '--oss-port', ossPort];
    args.push('--executor', options.executor ?? 'docker');
    if (options.slots !== undefined) args.push('--slots', String(options.slots));
    child = spawn(process.execPath, [REBATCH, ...args, ...(options.args ?? [])], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return readyLine(child);
  };

  const ready = await launch('0', '0').catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const credentials = { accessKeyId, accessKeySecret };
  return {
    ...ready,
    dataDir,
    accessKeyId,
    accessKeySecret,
    client: new BatchComputeClient({ endpoint: ready.api, ...credentials }),
    objects: new OssClient({ endpoint: ready.oss, ...credentials }),
    env: { ...env, REBATCH_ENDPOINT: ready.api, REBATCH_OSS_ENDPOINT: ready.oss },
    get pid() {
      return child.pid ?? 0;
    },
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGKILL');
      await launch(new URL(ready.api).port, new URL(ready.oss).port);
    },
    async dispose() {
      await end('SIGKILL');
      await removeContainersOf(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves with the ready line of architecture.md §6, or rejects with what the server said before it ended. */
function readyLine(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`rebatch serve ended (${code ?? signal}):\n${said}`)),
    );
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const { api, oss } = READY.parse(JSON.parse(line));
      resolve({ api, oss });
    });
  });
}
