import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runOk } from './run.ts';
import { until } from './until.ts';

/** A Docker daemon of a test's own, with its own containerd, data, bridge and socket: it may be killed. */
export interface PrivateDockerd {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** SIGKILL, and its containerd with it; containers are left to the next life, which clears them away. */
  kill(): Promise<void>;
  /** Starts again; resolves when it answers. */
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * Brings a daemon up that knows one image of the machine's usual daemon. `networks`: for how many it has subnets, besides its
 * own bridge; such a daemon must not be started again: it would take the usual one's bridge, docker0, away (Docker 20.10).
 */
export async function privateDockerd(
  image: string,
  { networks }: { networks?: 1 } = {},
): Promise<PrivateDockerd> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-dockerd-'));
  const host = `unix://${join(folder, 'docker.sock')}`;
  const env = { ...process.env, DOCKER_HOST: host };
  // At most 15 characters; a subnet that neither Docker's own nor another run of this test takes.
  const bridge = `rbt${process.pid % 1_000_000}`;
  await runOk('ip', ['link', 'add', bridge, 'type', 'bridge']);
  await runOk('ip', ['addr', 'add', `172.31.${process.pid % 250}.1/24`, 'dev', bridge]);
  await runOk('ip', ['link', 'set', bridge, 'up']);

  let daemon: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = once(daemon, 'exit');
    daemon.kill(signal);
    await gone;
  };
  const start = async (): Promise<void> => {
    const places = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')];
    const pool = `base=10.254.${process.pid % 250}.0/24,size=24`;
    const pools = networks === undefined ? [] : ['--default-address-pool', pool];
    const network = ['-b', bridge, ...pools, '--iptables=false', '--ip6tables=false'];
    daemon = spawn('dockerd', ['-H', host, '--pidfile', join(folder, 'pid'), ...places, ...network], {
      stdio: 'ignore',
    });
    await until('the private Docker daemon answers', async () => {
      return (await run('docker', ['version'], { env })).code === 0;
    });
  };
  const dispose = async (): Promise<void> => {
    const containers = await run('docker', ['ps', '-aq'], { env });
    const ids = containers.stdout.split('\n').filter((id) => id !== '');
    if (ids.length > 0) await run('docker', ['rm', '-f', ...ids], { env });
    // Their bridges would stay on this machine, each with the metadata address on it.
    await run('docker', ['network', 'prune', '-f'], { env });
    await end('SIGTERM');
    for (const pid of await processesOf(folder)) await run('kill', ['-KILL', pid]);
    await run('ip', ['link', 'del', bridge]);
    const mounts = (await readFile('/proc/mounts', 'utf8'))
      .split('\n')
      .map((line) => line.split(' ')[1] ?? '');
    for (const place of mounts.toReversed()) if (place.startsWith(folder)) await run('umount', ['-l', place]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
    const archive = join(folder, 'image.tar');
    await runOk('docker', ['save', '-o', archive, image]);
    await runOk('docker', ['load', '-q', '-i', archive], { env });
    await rm(archive);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    host,
    async kill() {
      await end('SIGKILL');
      // The containerd goes with its parent, but may stay a zombie: found alive by these, it would be waited for.
      await rm(join(folder, 'exec/containerd/containerd.pid'), { force: true });
      await rm(join(folder, 'pid'), { force: true });
    },
    start,
    dispose,
  };
}

/** What kills left behind: containerd's shims name the daemon's folder in their command line. */
async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return line.includes(`${folder}/`) ? [pid] : [];
    }),
  );
  return found.flat();
}
