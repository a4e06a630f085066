import type { AccessKey, Grant } from '../keyring.ts';
import { VERSION_ID } from '../wire/version.ts';
import { accessDenied } from './oss-errors.ts';
import type { OssRequest } from './oss-request.ts';
import type { Route } from './routes.ts';

/** What a limited key may learn of a bucket besides its objects: clients ask for these before anything else. */
const ABOUT_A_BUCKET: readonly (string | undefined)[] = ['bucketInfo', 'location'];
const LISTINGS: readonly (string | undefined)[] = [undefined, 'uploads', 'versions', 'x-oss-changes'];

/**
 * Refuses what a limited key may not do. A key without grants may do all that its account may.
 *
 * @throws OssError AccessDenied
 */
export function requireGrant(
  account: AccessKey | undefined,
  route: Route,
  { bucket, key }: { bucket: string; key: string },
  { params }: Pick<OssRequest, 'params'>,
): void {
  const grants = account?.grants;
  if (grants === undefined) return;
  const own = grants.filter((grant) => grant.bucket === bucket);
  const isAllowed =
    route.level === 'object'
      ? route.access !== 'owner' && coversObject(own, key, isReading(route) ? 'read' : 'write')
      : route.level === 'bucket' && mayUseBucket(own, route, params.get('prefix') ?? '');
  if (!isAllowed) throw outsideGrants();
  if (route.access === 'delete' && params.has(VERSION_ID)) requireVersionGrant(account);
}

/**
 * Refuses to let a limited key destroy versions: it is given to programs, whose mistakes versions are kept against. It
 * may delete objects, which leaves delete markers.
 *
 * @throws OssError AccessDenied
 */
export function requireVersionGrant(account: AccessKey | undefined): void {
  if (account?.grants !== undefined) throw outsideGrants();
}

/**
 * Refuses an object that a limited key may not use so.
 *
 * @throws OssError AccessDenied
 */
export function requireObjectGrant(
  account: AccessKey | undefined,
  bucket: string,
  key: string,
  access: Grant['access'],
): void {
  const grants = account?.grants;
  if (grants === undefined) return;
  const own = grants.filter((grant) => grant.bucket === bucket);
  if (!coversObject(own, key, access)) throw outsideGrants();
}

function mayUseBucket(own: readonly Grant[], { method, sub }: Route, prefix: string): boolean {
  if (method === 'GET' && ABOUT_A_BUCKET.includes(sub)) return own.length > 0;
  if (method === 'GET' && LISTINGS.includes(sub)) return own.some((grant) => coversListing(grant, prefix));
  // Each key of the body is looked at when it is read.
  return method === 'POST' && sub === 'delete' && own.some(({ access }) => access === 'write');
}

function coversObject(own: readonly Grant[], key: string, access: Grant['access']): boolean {
  return own.some(
    (grant) =>
      (access === 'read' || grant.access === 'write') &&
      (isFolder(grant) ? key.startsWith(grant.prefix) : key === grant.prefix),
  );
}

function coversListing(grant: Grant, prefix: string): boolean {
  return isFolder(grant) ? prefix.startsWith(grant.prefix) : prefix === grant.prefix;
}

/** Some questions are POSTed. */
const isReading = ({ method, access }: Route): boolean =>
  access === 'read' || method === 'GET' || method === 'HEAD';

const isFolder = ({ prefix }: Grant): boolean => prefix === '' || prefix.endsWith('/');

const outsideGrants = (): Error => accessDenied('This access key has no right to do this here.');
