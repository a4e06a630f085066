import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentEncode, presignV1, type QueryPairs } from '@rebatch/oss/signatures';
import { run } from '../../support/run.ts';
import { readObject } from '../../support/read-object.ts';
import { type StartedServer, startServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { percentile } from '../control/percentile.ts';
import { type BenchRow, median } from '../report.ts';

const ROUNDS = 3;
const IMAGE = 'rebatch/img-ubuntu:latest';
const BUCKET = 'bench';
/** The peer of the two figures of lines a second: the same container by hand. */
const RAW = 'docker run, into a file';

const LATENCY_LINES = 400;
/** Prints the time, in seconds since the epoch, fifty times a second. */
const CLOCK = `perl -MTime::HiRes=time,sleep -e '$| = 1; for (1 .. ${LATENCY_LINES}) { printf "%.6f\\n", time; sleep 0.02 }'`;

const FAST_LINES = 5_000_000;
const LINE = 'x'.repeat(79);
/** Prints as fast as it can, and how many seconds that took to standard error. */
const FAST = `perl -MTime::HiRes=time -e 'my $t = time; for (1 .. ${FAST_LINES}) { print "${LINE}\\n" } close STDOUT; printf STDERR "%.6f\\n", time - $t'`;

const PACED_SECONDS = 5;
/** Prints 1,000 lines every 10 ms, and how many seconds all of them took. */
const PACED = `perl -MTime::HiRes=time,sleep -e '$| = 1; my $t = time; for my $n (1 .. ${PACED_SECONDS * 100}) { print "${LINE}\\n" x 1000; my $rest = $t + $n / 100 - time; sleep $rest if $rest > 0 } printf STDERR "%.6f\\n", time - $t'`;

/** How soon a line can be read in its object, and what printing costs a program. */
export async function benchLogs(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-bench-logs-'));
  const server = await startServer({ slots: 1 });
  try {
    await server.objects.makeBucket(BUCKET);
    const { first, later } = await latencies(server);
    const fast = await inTurn(server, folder, FAST);
    const paced = await inTurn(server, folder, PACED);
    return [
      { id: 'first line, printed until readable', value: first, unit: 'ms' },
      { id: 'a line, printed until readable, p50', value: percentile(later, 50), unit: 'ms' },
      { id: 'a line, printed until readable, p95', value: percentile(later, 95), unit: 'ms' },
      {
        id: 'lines of 80 bytes, as fast as it can',
        value: FAST_LINES / median(fast.own),
        unit: '1/s',
        peer: RAW,
        peerValue: FAST_LINES / median(fast.raw),
        ratio: median(fast.raw.map((seconds, round) => seconds / (fast.own[round] ?? Number.NaN))),
      },
      {
        id: `${PACED_SECONDS} s of 100,000 lines/s`,
        value: median(paced.own),
        unit: 's',
        peer: RAW,
        peerValue: median(paced.raw),
        ratio: median(paced.own.map((seconds, round) => seconds / (paced.raw[round] ?? Number.NaN))),
      },
    ];
  } finally {
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the time that each line tells until a reader of the object has it. */
async function latencies(server: StartedServer): Promise<{ first: number; later: number[] }> {
  const id = await submit(server, `sleep 1; ${CLOCK}`);
  const key = `logs/stdout.${id}.print.0`;
  // Asked without a pause: a wait between two looks would be measured as latency.
  while ((await server.objects.find(BUCKET, key)) === undefined);
  const firstSeen = Date.now();
  const answer = await fetch(followUrl(server, key));
  let text = '';
  let lines = 0;
  let first = Number.NaN;
  const later: number[] = [];
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const now = Date.now();
    const complete = (text + piece).split('\n');
    text = complete.pop() ?? '';
    for (const line of complete) {
      lines += 1;
      if (lines === 1) first = firstSeen - Number(line) * 1000;
      else later.push(now - Number(line) * 1000);
    }
    if (lines === LATENCY_LINES) break;
  }
  await ended(server, id);
  return { first, later };
}

/** An address that gives the object's bytes as they come (docs/object-store.md). */
function followUrl({ oss, accessKeyId, accessKeySecret: secret }: StartedServer, key: string): string {
  const query: QueryPairs = [['x-oss-follow', '30']];
  const expires = Math.floor(Date.now() / 1000) + 600;
  const request = { method: 'GET', bucket: BUCKET, key, headers: {}, query };
  const signed = presignV1({ ...request, accessKeyId, secret, expires });
  const pairs = [...query, ...signed].map(
    ([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`,
  );
  return `${oss}/${BUCKET}/${key}?${pairs.join('&')}`;
}

/** Seconds that the program says it took, as a job and by hand, in turn. */
async function inTurn(
  server: StartedServer,
  folder: string,
  program: string,
): Promise<{ own: number[]; raw: number[] }> {
  const own: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = await submit(server, program);
    await ended(server, id);
    own.push(Number(await readObject(server.objects, BUCKET, `logs/stderr.${id}.print.0`)));
    const byHand = ['run', '--rm', '-v', `${folder}:/out`, IMAGE, 'sh', '-c', `${program} >/out/log`];
    const { stderr } = await run('docker', byHand);
    raw.push(Number(stderr));
  }
  return { own, raw };
}

function submit({ client }: StartedServer, program: string): Promise<string> {
  return client.createJob({
    Name: 'print',
    Type: 'DAG',
    DAG: {
      Tasks: {
        print: {
          InstanceCount: 1,
          Timeout: 600,
          AutoCluster: { ImageId: 'img-ubuntu' },
          Parameters: {
            Command: { CommandLine: program },
            StdoutRedirectPath: `oss://${BUCKET}/logs/`,
            StderrRedirectPath: `oss://${BUCKET}/logs/`,
          },
        },
      },
      Dependencies: {},
    },
  });
}

async function ended({ client }: StartedServer, id: string): Promise<void> {
  await until('the job ends', async () => {
    const { State, Message } = await client.getJob(id);
    if (State === 'Failed') throw new Error(`a program of the benchmark failed: ${Message}`);
    return State === 'Finished';
  });
}
