import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type ClientContainer, startClientContainer } from './client-container.ts';
import { PYTHON_CLIENTS } from './python-clients.ts';
import type { ServerOptions } from './server.ts';
import { startVendorServer, type VendorServer } from './vendor-server.ts';

/** PyPI `batchcompute-cli` as somebody has it on their machine. */
export interface Bcs {
  /**
   * Runs one command and gives back what it printed, without colours.
   *
   * @throws Error when it printed an error: its exit code is 0 all the same
   */
  (...args: string[]): Promise<string>;
  /** What it prints instead when it fails. */
  error(...args: string[]): Promise<string>;
  readonly container: ClientContainer;
}

/** A server under the vendor's names with a bucket, and somebody's machine with `bcs` that finds it. */
export interface BcsFarm {
  readonly vendor: VendorServer;
  readonly bcs: Bcs;
  /** Of this host; /case on that machine. */
  readonly folder: string;
  dispose(): Promise<void>;
}

export async function startBcsFarm(region: string, bucket: string, options: ServerOptions): Promise<BcsFarm> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-bcs-'));
  const ends = [async () => rm(folder, { recursive: true, force: true })];
  const dispose = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const vendor = await startVendorServer(region, [bucket], options);
    ends.push(() => vendor.server.dispose());
    await vendor.server.objects.makeBucket(bucket);
    const bcs = await startBcs(vendor, folder);
    ends.push(() => bcs.container.stop());
    return { vendor, bcs, folder, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Starts a machine whose hosts file leads the vendor's names to `vendor`; `folder` appears as /case. */
async function startBcs({ hosts }: VendorServer, folder: string): Promise<Bcs> {
  const container = await startClientContainer({ image: PYTHON_CLIENTS, folder, hosts });
  const run = async (args: string[]): Promise<{ text: string; failed: boolean }> => {
    const { stdout, stderr } = await container.run(['bcs', ...args]);
    const text = stripVTControlCharacters(stdout + stderr);
    return { text, failed: /ERROR|Traceback|UnboundLocalError/.test(text) };
  };
  const bcs = async (...args: string[]): Promise<string> => {
    const { text, failed } = await run(args);
    if (failed) throw new Error(`bcs ${args.join(' ')}\n${text}`);
    return text;
  };
  const error = async (...args: string[]): Promise<string> => {
    const { text, failed } = await run(args);
    if (!failed) throw new Error(`bcs ${args.join(' ')} did not fail:\n${text}`);
    return text;
  };
  return Object.assign(bcs, { error, container });
}

/** Sets it up as its documents say: HTTP, login, a folder of the object store, a type of machine. */
export async function logIn(
  bcs: Bcs,
  { server }: VendorServer,
  region: string,
  osspath: string,
): Promise<string> {
  await bcs('set', '-s', 'false');
  const text = await bcs('login', region, server.accessKeyId, server.accessKeySecret);
  await bcs('set', '-o', osspath);
  await bcs('set', '-t', 'ecs.sn1ne.large');
  return text;
}
