import { eachInParallel } from '@rebatch/client';
import { startCrc64 } from '@rebatch/objects';
import type { Ledger } from './ledger.ts';
import { contentOf, describeState, type ObjectState } from './object-state.ts';
import type { Answer, Ask } from './signed-requests.ts';

const CONNECTIONS = 8;

export interface Findings {
  objects: number;
  /** Acknowledged, and not there: one sentence each. */
  lost: string[];
  /** There, and neither the old nor the new object: one sentence each. */
  torn: string[];
}

/** Compares every key with what the ledger allows, through the gateway, and settles the ledger on what was found. */
export async function verifyObjects(ask: Ask, ledger: Ledger): Promise<Findings> {
  const findings: Findings = { objects: 0, lost: [], torn: [] };
  await eachInParallel(ledger.keys(), CONNECTIONS, async (key) => {
    const possible = ledger.possible(key);
    const found = await read(ask, key);
    const match = possible.find((state) => isSame(found, state));
    if (match !== undefined) {
      if (match.kind === 'object') findings.objects += 1;
      ledger.settle(key, match);
      return;
    }
    const expected = possible.map(describeState).join(', or ');
    const complaint = `${key}: ${found === undefined ? 'nothing' : found.about} instead of ${expected}`;
    (found === undefined ? findings.lost : findings.torn).push(complaint);
  });
  return findings;
}

interface Found {
  content: Buffer;
  meta: string;
  tags: string;
  acl: string;
  about: string;
}

/** @throws Error when the store does not answer as it should */
async function read(ask: Ask, key: string): Promise<Found | undefined> {
  const answer = await ask({ method: 'GET', key });
  if (answer.status === 404) return undefined;
  const [tagging, acl] = [
    await ask({ method: 'GET', key, query: [['tagging', '']] }),
    await ask({ method: 'GET', key, query: [['acl', '']] }),
  ];
  const tag = /<Key>([^<]*)<\/Key><Value>([^<]*)</.exec(tagging.body.toString());
  const about = `${answer.status}, ${answer.body.byteLength} bytes, ${(await isIntact(answer)) ? 'CRC right' : 'CRC wrong'}`;
  const found = {
    content: answer.body,
    meta: String(answer.headers['x-oss-meta-seed']),
    tags: tag === null ? '' : `${tag[1]}=${tag[2]}`,
    acl: /<Grant>([^<]*)</.exec(acl.body.toString())?.[1] ?? '',
  };
  return { ...found, about: `${about}, meta=${found.meta} tags=${found.tags} acl=${found.acl}` };
}

async function isIntact({ body, headers }: Answer): Promise<boolean> {
  const crc = await startCrc64();
  crc.update(body);
  return crc.digest().toString() === headers['x-oss-hash-crc64ecma'];
}

function isSame(found: Found | undefined, state: ObjectState): boolean {
  if (found === undefined || state.kind === 'absent') return found === undefined && state.kind === 'absent';
  return (
    found.meta === state.meta &&
    found.tags === state.tags &&
    found.acl === state.acl &&
    found.about.includes('CRC right') &&
    found.content.equals(contentOf(state.pieces))
  );
}
