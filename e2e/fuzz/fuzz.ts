import { Agent } from 'node:http';
import { residentBytes } from '../support/resident-bytes.ts';
import type { StartedServer } from '../support/server.ts';
import { apiRequest, type Known } from './api-requests.ts';
import { complaintAbout } from './check-answer.ts';
import { complaintAboutOss, ossRequest } from './oss-requests.ts';
import { seededRandom } from './random.ts';
import { complaintAboutBytes, damagedHttp, exchange } from './raw-bytes.ts';
import { send } from './send.ts';

export interface FuzzResult {
  requests: number;
  /** How many answers had which status; 0 for connections that were closed without one. */
  statuses: Map<number, number>;
  /** What was wrong, with the request that brought it, at most {@link MOST_COMPLAINTS}. */
  complaints: string[];
  /** Resident bytes of the server after a fifth of the requests, when everything was compiled and cached, and at the end. */
  memory: { warm: number; end: number };
}

const MOST_COMPLAINTS = 20;
const CONNECTIONS = 8;

/** Sends what `seed` draws until `goOn` says stop: API and OSS requests with something wrong,
 * and bytes that once were HTTP. */
export async function fuzz(
  server: StartedServer,
  seed: number,
  goOn: (requests: number) => boolean,
  warmAfter: number,
): Promise<FuzzResult> {
  const api = new URL(server.api);
  const oss = new URL(server.oss);
  const account = { id: server.accessKeyId, secret: server.accessKeySecret };
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const known: Known = { jobs: [], clusters: [], images: [] };
  const statuses = new Map<number, number>();
  const complaints: string[] = [];
  await server.objects.makeBucket('fuzz');
  const count = (status: number): void => void statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const complain = (what: string | undefined, request: unknown): void => {
    if (what !== undefined && complaints.length < MOST_COMPLAINTS) {
      complaints.push(`${what}\n  on ${JSON.stringify(request)}`);
    }
  };
  let requests = 0;
  let warm = 0;

  const one = async (number: number): Promise<void> => {
    // Each request has its own chance, so that one of them can be drawn again alone.
    const random = seededRandom(seed * 1_000_003 + number);
    if (random.chance(0.15)) {
      const bytes = damagedHttp(random);
      const answer = await exchange(random.chance(0.5) ? api : oss, bytes);
      count(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0));
      complain(complaintAboutBytes(answer), bytes.toString('latin1'));
      return;
    }
    const toOss = random.chance(0.25);
    const request = toOss ? ossRequest(random, account) : apiRequest(random, known);
    const shown = { ...request, body: request.body?.toString('latin1').slice(0, 4000) };
    try {
      const answer = await send(toOss ? oss : api, agent, account, request);
      count(answer.status);
      complain((toOss ? complaintAboutOss : complaintAbout)(answer, request.method), shown);
      if (!toOss) learn(known, answer.status, answer.body);
    } catch (error) {
      complain(`no answer: ${String(error)}`, shown);
    }
  };
  const worker = async (): Promise<void> => {
    while (goOn(requests)) {
      const number = requests++;
      if (number === warmAfter) warm = await residentBytes(server.pid);
      await one(number);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  agent.destroy();
  return { requests, statuses, complaints, memory: { warm, end: await residentBytes(server.pid) } };
}

/** The newest few ids are enough. */
const MOST_KNOWN = 20;

function learn(known: Known, status: number, body: string): void {
  const id = status === 201 && /^\{"Id":"((job|cls|img|m)-[\w-]+)"/.exec(body);
  if (!id) return;
  const [, text = '', kind] = id;
  const ids = kind === 'job' ? known.jobs : kind === 'cls' ? known.clusters : known.images;
  ids.push(text);
  if (ids.length > MOST_KNOWN) ids.shift();
}
