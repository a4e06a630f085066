import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { residentBytes } from '../../support/resident-bytes.ts';
import { run, runOk } from '../../support/run.ts';
import { until } from '../../support/until.ts';

/** Slurm of the distribution on loopback: one slurmctld, one slurmd that claims as many CPUs as there are slots. */
export interface StartedSlurm {
  /** E.g. "slurm-wlm 22.05.8". */
  readonly version: string;
  /** Milliseconds that an array of programs that do nothing takes, from sbatch to the last end. */
  array(size: number): Promise<number>;
  /** Milliseconds that a chain of such programs takes, each after the one before; from its release to the last end. */
  chain(length: number): Promise<number>;
  /** Resident bytes of slurmctld. */
  memoryBytes(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts Slurm with its own configuration in a temporary folder, installing it first when it is not there. */
export async function startSlurm(slots: number): Promise<StartedSlurm> {
  const version = await installed();
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-slurm-'));
  const conf = join(folder, 'slurm.conf');
  const program = join(folder, 'nothing.sh');
  const done = join(folder, 'done.txt');
  await mkdir(join(folder, 'state'));
  await mkdir(join(folder, 'spool'));
  await writeFile(conf, await configuration(folder, slots));
  await writeFile(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  await writeFile(done, '');
  const env = { ...process.env, SLURM_CONF: conf };
  const daemons = [
    daemon('slurmctld', ['-D', '-f', conf]),
    daemon('slurmd', ['-D', '-f', conf, '-N', hostname()]),
  ];
  const stop = async (): Promise<void> => {
    await Promise.all(daemons.toReversed().map(ended));
    await rm(folder, { recursive: true, force: true });
  };
  const sbatch = async (...args: string[]): Promise<string> =>
    (
      await runOk('sbatch', ['--parsable', '-o', '/dev/null', '-e', '/dev/null', ...args, program], { env })
    ).trim();
  let finished = 0;
  /** The job completion log is the cheapest way to see the end: asking squeue takes the scheduler's locks. */
  const untilDone = async (jobs: number): Promise<void> => {
    finished += jobs;
    await until(
      `Slurm has done ${finished} jobs`,
      async () => countLines(await readFile(done)) >= finished,
      600_000,
    );
  };
  try {
    await until('Slurm is up', async () =>
      (await run('sinfo', ['-h', '-o', '%T'], { env })).stdout.startsWith('idle'),
    );
    await sbatch();
    await untilDone(1);
    return {
      version,
      async array(size) {
        const begin = performance.now();
        await sbatch(`--array=0-${size - 1}`);
        await untilDone(size);
        return performance.now() - begin;
      },
      async chain(length) {
        const first = await sbatch('--hold');
        let last = first;
        for (let n = 1; n < length; n++) last = await sbatch(`--dependency=afterok:${last}`);
        const begin = performance.now();
        await runOk('scontrol', ['release', first], { env });
        await untilDone(length);
        return performance.now() - begin;
      },
      memoryBytes: () => residentBytes(daemons[0]?.pid ?? 0),
      stop,
    };
  } catch (error) {
    const log = await readFile(join(folder, 'ctld.log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`Slurm does not work here:\n${log.slice(-2000)}`, { cause: error });
  }
}

async function installed(): Promise<string> {
  const present = await versionHere();
  if (present !== undefined) return present;
  console.error('Installing slurm-wlm, the peer of this benchmark …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runOk('apt-get', ['update', '-q'], { env });
  await runOk('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'slurm-wlm'], { env });
  return (await versionHere()) ?? 'slurm-wlm';
}

async function versionHere(): Promise<string | undefined> {
  const asked = await run('slurmctld', ['-V']).catch(() => undefined);
  return asked?.code === 0 ? asked.stdout.trim() : undefined;
}

/**
 * The plainest Slurm there is: no munge, no accounting, no cgroups, scheduling as often as it can. `config_overrides`
 * lets one node claim more CPUs than the machine has.
 */
async function configuration(folder: string, slots: number): Promise<string> {
  return `ClusterName=bench
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${await freePort()}
SlurmdPort=${await freePort()}
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=${folder}/done.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0,default_queue_depth=10000
MaxArraySize=100001
MaxJobCount=100000
ReturnToService=2
SlurmdParameters=config_overrides
SwitchType=switch/none
SlurmctldPidFile=${folder}/ctld.pid
SlurmdPidFile=${folder}/d.pid
SlurmctldLogFile=${folder}/ctld.log
SlurmdLogFile=${folder}/d.log
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=${slots} State=UNKNOWN
PartitionName=all Nodes=${hostname()} Default=YES MaxTime=INFINITE State=UP
`;
}

function daemon(name: string, args: string[]): ChildProcess {
  return spawn(name, args, { stdio: 'ignore' });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
