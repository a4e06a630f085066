import { z } from 'zod';
import { type Random, seededRandom } from '../fuzz/random.ts';
import { runOk } from '../support/run.ts';
import { REBATCH, type StartedServer, startServer } from '../support/server.ts';
import { abortUploads } from './abort-uploads.ts';
import { Ledger } from './ledger.ts';
import { signedRequests, type Ask } from './signed-requests.ts';
import { verifyObjects } from './verify-objects.ts';
import { Writer } from './writer.ts';

const BUCKET = 'crash';
const CONNECTIONS = 16;
/** Keys of each connection, and those that all write. */
const OWN_KEYS = 12;
const SHARED_KEYS = 8;

export interface CrashOptions {
  kills: number;
  /** Each round would make this many writes; it is killed after a random number of them was acknowledged. */
  writes: number;
  seed: number;
  /** Hears of each round when it has been verified. */
  onRound?: (round: CrashRound) => void;
}

interface CrashRound {
  kill: number;
  acknowledged: number;
  /** Writes on their way when the server was killed. */
  cut: number;
  objects: number;
  uploadsLeftOpen: number;
}

export interface CrashReport {
  rounds: CrashRound[];
  /** One sentence for each object that was acknowledged and is gone. */
  lost: string[];
  /** One sentence for each object that is neither the old nor the new one. */
  torn: string[];
  /** What `rebatch oss check` found wrong after a round: damaged objects, files that nothing points to. */
  damaged: number;
  orphans: number;
}

const CHECK = z.object({ objects: z.number(), damaged: z.array(z.unknown()), orphans: z.number() });

/**
 * Kills the server again and again in the middle of mixed writes over many connections, and after each kill compares
 * everything that is there with what was acknowledged, through the gateway and with `rebatch oss check`.
 */
export async function crashTest(options: CrashOptions): Promise<CrashReport> {
  const random = seededRandom(options.seed);
  const ledger = new Ledger();
  const report: CrashReport = { rounds: [], lost: [], torn: [], damaged: 0, orphans: 0 };
  const server = await startServer({ executor: 'simulated' });
  const { ask, close } = signedRequests({
    endpoint: server.oss,
    bucket: BUCKET,
    accessKeyId: server.accessKeyId,
    accessKeySecret: server.accessKeySecret,
  });
  try {
    await ask({ method: 'PUT' });
    for (let kill = 1; kill <= options.kills; kill += 1) {
      const killAfter = 1 + random.below(options.writes);
      const written = await writeUntilKilled(server, { ask, ledger, random, killAfter });
      await server.restart();
      const { objects, lost, torn } = await verifyObjects(ask, ledger);
      report.lost.push(...lost);
      report.torn.push(...torn);
      // Another kill, while nothing was written or removed: what the start swept must be all there was.
      await server.kill();
      const check = await checkStore(server.dataDir);
      report.damaged += check.damaged.length;
      report.orphans += check.orphans;
      await server.restart();
      const round = { kill, ...written, objects, uploadsLeftOpen: await abortUploads(ask) };
      report.rounds.push(round);
      options.onRound?.(round);
    }
    return report;
  } finally {
    close();
    await server.dispose();
  }
}

/** Seeds are never given twice, whatever the round. */
let lastSeed = 0;
const nextSeed = (): number => (lastSeed += 1);

async function writeUntilKilled(
  server: StartedServer,
  { ask, ledger, random, killAfter }: { ask: Ask; ledger: Ledger; random: Random; killAfter: number },
): Promise<{ acknowledged: number; cut: number }> {
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  const onAcknowledged = (): void => {
    acknowledged += 1;
    if (acknowledged === killAfter) killed = server.kill();
  };
  const isAlive = (): boolean => killed === undefined;
  const shared = keys('shared', SHARED_KEYS);
  const writers = Array.from({ length: CONNECTIONS }, (_, connection) => {
    const own = { objects: keys(`own/${connection}`, OWN_KEYS), logs: keys(`log/${connection}`, 2) };
    return new Writer({ ask, bucket: BUCKET, ledger, random, own, shared, nextSeed, onAcknowledged });
  });
  let cut = 0;
  await Promise.all(
    writers.map(async (writer) => {
      while (isAlive()) {
        await writer.act().catch((error: unknown) => {
          // Only the kill may break a connection.
          if (isAlive()) throw error;
          cut += 1;
        });
      }
    }),
  );
  await killed;
  return { acknowledged, cut };
}

function keys(prefix: string, count: number): [string, ...string[]] {
  return [`${prefix}/0`, ...Array.from({ length: count - 1 }, (_, index) => `${prefix}/${index + 1}`)];
}

async function checkStore(dataDir: string): Promise<z.infer<typeof CHECK>> {
  const printed = await runOk(process.execPath, [REBATCH, 'oss', 'check', '--data', dataDir, '--json']);
  return CHECK.parse(JSON.parse(printed));
}
