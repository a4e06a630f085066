import { APP, APP_JOB, CLUSTER, DAG_JOB, IMAGE, PRIORITY } from './bodies.ts';
import { HOSTILE_TEXTS } from './hostile-values.ts';
import { mutatedJson } from './mutate.ts';
import type { Random } from './random.ts';
import type { FuzzRequest } from './send.ts';

/** Where bodies go: the templates that belong there. */
const WRITES: readonly [Write, ...Write[]] = [
  { method: 'POST', path: '/jobs', bodies: [DAG_JOB, APP_JOB] },
  { method: 'PUT', path: '/jobs/{job}', bodies: [PRIORITY] },
  { method: 'POST', path: '/apps', bodies: [APP] },
  { method: 'PUT', path: '/apps/{app}', bodies: [APP] },
  { method: 'POST', path: '/clusters', bodies: [CLUSTER] },
  { method: 'PUT', path: '/clusters/{cluster}', bodies: [{ Groups: CLUSTER.Groups }, CLUSTER] },
  { method: 'POST', path: '/images', bodies: [IMAGE] },
  { method: 'POST', path: '/webhooks', bodies: [{ Url: 'http://127.0.0.1:9/', Events: ['job'] }] },
];

interface Write {
  method: string;
  path: string;
  bodies: readonly [object, ...object[]];
}

const READS: readonly [string, ...string[]] = [
  '/jobs',
  '/jobs/{job}',
  '/jobs/{job}/tasks',
  '/jobs/{job}/tasks/{task}',
  '/jobs/{job}/tasks/{task}/instances',
  '/jobs/{job}/tasks/{task}/instances/{number}',
  '/apps',
  '/apps/{app}',
  '/clusters',
  '/clusters/{cluster}',
  '/clusters/{cluster}/groups/{group}/instances',
  '/clusters/{cluster}/groups/{group}/instances/{number}',
  '/images',
  '/images/{image}',
  '/quotas',
  '/available',
  '/events/log',
  '/events/dead',
  '/webhooks',
];

const ACTIONS: readonly [Action, ...Action[]] = [
  { method: 'POST', path: '/jobs/{job}/stop' },
  { method: 'POST', path: '/jobs/{job}/start' },
  { method: 'DELETE', path: '/jobs/{job}' },
  { method: 'DELETE', path: '/apps/{app}' },
  { method: 'DELETE', path: '/clusters/{cluster}' },
  { method: 'DELETE', path: '/clusters/{cluster}/groups/{group}/instances/{number}' },
  { method: 'POST', path: '/clusters/{cluster}/groups/{group}/instances/{number}/recreate' },
  { method: 'DELETE', path: '/images/{image}' },
  { method: 'DELETE', path: '/webhooks/{number}' },
];

interface Action {
  method: string;
  path: string;
}

const QUERY_NAMES: readonly [string, ...string[]] = [
  'Marker',
  'MaxItemCount',
  'State',
  'OrderBy',
  'IsReverse',
  'ClusterId',
  'Scope',
  'Qualifier',
  'Detail',
  'Revisions',
  'description',
  'Type',
  'IdempotentToken',
  '__proto__',
];

/** Ids that earlier answers gave, so that requests reach what is there. */
export interface Known {
  jobs: string[];
  clusters: string[];
  images: string[];
}

/** A request of the API as its schema has it, with something wrong about it, most of the time. */
export function apiRequest(random: Random, known: Known): FuzzRequest {
  const headers: Record<string, string> = {};
  if (random.chance(0.05)) headers['x-acs-compress-type'] = random.pick(['deflate', 'gzip', '', 'br']);
  if (random.chance(0.05)) headers['Content-MD5'] = random.pick(['x', '0'.repeat(32), 'A'.repeat(22) + '==']);
  if (random.chance(0.05)) headers['x-acs-version'] = random.pick(['2015-11-11', '2014-01-01', 'x']);
  if (random.chance(0.05)) headers['x-acs-security-token'] = random.pick(['x', 'y'.repeat(3000)]);
  const signed = random.chance(0.97);
  if (random.chance(0.6)) {
    const { method, path, bodies } = random.pick(WRITES);
    const body = mutatedJson(random.pick(bodies), random);
    return { method, target: target(path, random, known), headers, body, signed };
  }
  if (random.chance(0.5)) {
    const { method, path } = random.pick(ACTIONS);
    return { method, target: target(path, random, known), headers, signed };
  }
  const method = random.chance(0.95)
    ? 'GET'
    : random.pick(['PATCH', 'PUT', 'HEAD', 'OPTIONS', 'POST', 'DELETE']);
  return { method, target: target(random.pick(READS), random, known), headers, signed };
}

function target(path: string, random: Random, known: Known): string {
  const filled = path.replace(/\{(\w+)\}/g, (_whole, what: string) =>
    encodeURIComponent(
      random.chance(0.15) ? wellFormed(random.pick(HOSTILE_TEXTS)) : usual(what, random, known),
    ),
  );
  const parts: string[] = [];
  while (random.chance(0.35)) {
    const value = random.chance(0.5) ? String(random.below(120)) : wellFormed(random.pick(HOSTILE_TEXTS));
    const name = random.pick(QUERY_NAMES);
    parts.push(random.chance(0.2) ? name : `${name}=${encodeURIComponent(value)}`);
  }
  const damagedPart = random.chance(0.03) ? random.pick(['%', '%zz', '%00', '%c0%af', '/../', ';x=1']) : '';
  return `${filled}${damagedPart}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}

/** A lone surrogate has no UTF-8, so no client can write it into a target. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

function usual(what: string, random: Random, { jobs, clusters, images }: Known): string {
  const one = (ids: string[], other: string): string => ids[random.below(ids.length)] ?? other;
  switch (what) {
    case 'job':
      return one(jobs, 'job-00000000000000000000000000000000');
    case 'cluster':
      return one(clusters, 'cls-0');
    case 'image':
      return one(images, 'img-ubuntu');
    case 'app':
      return 'fuzzapp';
    case 'task':
      return random.pick(['prepare', 'work', 'app']);
    case 'group':
      return 'group1';
    default:
      return String(random.below(4));
  }
}
