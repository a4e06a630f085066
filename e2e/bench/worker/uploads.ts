import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { createStageInMounter } from '@rebatch/mount';
import { type ObjectStore, openFileStore } from '@rebatch/objects';
import {
  type AttemptDeps,
  type AttemptEvent,
  attemptFolder,
  forgetAttempt,
  runAttempt,
  type Sandboxes,
  type SandboxSpec,
} from '@rebatch/worker';
import { runOk } from '../../support/run.ts';
import { type BenchRow, median, timed } from '../report.ts';

const ROUNDS = 3;
const MB = 1e6;

interface Outputs {
  title: string;
  files: number;
  bytes: number;
}

const KINDS: Outputs[] = [
  { title: 'one output of 2 GB', files: 1, bytes: 2000 * MB },
  { title: '24 outputs of 20 MB', files: 24, bytes: 20 * MB },
  { title: '1,000 outputs of 100 KB', files: 1000, bytes: 0.1 * MB },
];

/** Uploading what a program left, into a store on the same disk, beside copying it there and flushing it. */
export async function benchUploads(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), 'rebatch-bench-uploads-'));
  const objects = await openFileStore({ dir: join(root, 'objects'), clock: systemClock });
  try {
    await objects.createBucket('bench', '1');
    const rows: BenchRow[] = [];
    for (const kind of KINDS) rows.push(await uploading(kind, root, objects));
    return rows;
  } finally {
    await objects.close();
    await rm(root, { recursive: true, force: true });
  }
}

async function uploading(
  { title, files, bytes }: Outputs,
  root: string,
  objects: ObjectStore,
): Promise<BenchRow> {
  const made = join(root, 'made');
  await mkdir(made);
  const names = Array.from({ length: files }, (_, index) => String(index));
  for (const name of names) await writeFile(join(made, name), Buffer.alloc(bytes, `content of ${name}`));
  const own: number[] = [];
  const copied: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const leave = async (out: string): Promise<void> => {
      for (const name of names) await link(join(made, name), join(out, name));
    };
    own.push(await attemptMilliseconds(leave, root, objects));
    const target = join(root, 'copied');
    copied.push(await timed(() => runOk('sh', ['-c', 'cp -r "$0" "$1" && sync -f "$1"', made, target])));
    await rm(target, { recursive: true });
    for (const name of names) await objects.delete('bench', `out/${name}`);
  }
  await rm(made, { recursive: true });
  const rate = (values: number[]): number => (files * bytes) / MB / (median(values) / 1000);
  const ratio = median(copied.map((ms, round) => ms / (own[round] ?? Number.NaN)));
  return { id: title, value: rate(own), unit: 'MB/s', peer: 'cp, sync', peerValue: rate(copied), ratio };
}

/** From the program's end to the attempt's, everything stored. `leave`: what the program leaves in its output folder. */
async function attemptMilliseconds(
  leave: (out: string) => Promise<void>,
  root: string,
  objects: ObjectStore,
): Promise<number> {
  const id = 'bench';
  const attemptsFolder = join(root, 'attempts');
  await mkdir(attemptsFolder, { recursive: true });
  let programEnded = 0;
  let end: AttemptEvent | undefined;
  const never = new AbortController().signal;
  const deps: AttemptDeps = {
    objects,
    mounter: createStageInMounter(objects),
    sandboxes: programOf(async (out) => {
      await leave(out);
      await writeFile(attemptFolder(attemptsFolder, id).exitCode, '0\n');
      programEnded = performance.now();
    }),
    clock: systemClock,
    attemptsFolder,
    graceMs: 1000,
    ossHost: () => '',
    nodeIp: () => '',
    emit: (event) => {
      end = event;
    },
  };
  await runAttempt(
    {
      id,
      jobId: 'job-bench',
      taskName: 'write',
      instanceId: 0,
      attempt: 0,
      instanceCount: 1,
      owner: '1',
      image: 'none',
      contract: 'docker',
      commandLine: 'write',
      env: {},
      inputs: [],
      outputs: [{ path: '/out/', url: 'oss://bench/out/' }],
      logs: [],
      timeoutSeconds: 3600,
      region: 'local',
    },
    deps,
    { stop: never, letGo: never },
  );
  if (end?.type !== 'ended' || end.outcome.kind !== 'exited') {
    throw new Error(`the attempt failed: ${JSON.stringify(end)}`);
  }
  const took = performance.now() - programEnded;
  await forgetAttempt(id, deps);
  return took;
}

/** A sandbox without a process: its program is a function, so that only uploading is measured. */
function programOf(program: (out: string) => Promise<void>): Sandboxes {
  let spec: SandboxSpec | undefined;
  return {
    find: () => Promise.resolve(undefined),
    create: async (created) => {
      spec = created;
    },
    start: () => Promise.resolve(),
    async wait() {
      await program(spec?.binds.find(({ target }) => target === '/out')?.source ?? '');
      return { phase: 'ended', exitCode: 0, oomKilled: false };
    },
    terminate: () => Promise.resolve(),
    kill: () => Promise.resolve(),
    archive: () => Promise.resolve(undefined),
    remove: () => Promise.resolve(),
  };
}
