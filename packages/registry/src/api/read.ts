import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { REPOSITORIES_FOLDER } from '../layout.ts';
import { parseManifest } from '../manifest.ts';
import { isDigest, isTag } from '@rebatch/model';
import type { RegistryFiles } from '../registry-files.ts';
import { Repository } from '../repository.ts';
import type { Place } from './create-registry-api.ts';
import { blobUnknown, manifestUnknown, rangeInvalid } from './registry-error.ts';

interface Read {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  place: Place;
}

/** Names of one answer at most, as of Distribution's registry. */
const MAX_PAGE = 1000;

/** GET and HEAD of a manifest by tag or digest, as it was pushed: which kinds the sender likes is its own matter. */
export async function sendManifest({ request, response, place }: Read, reference: string): Promise<void> {
  const repository = repositoryOf(place);
  const digest = isDigest(reference) || isTag(reference) ? await repository.resolve(reference) : undefined;
  const content = digest === undefined ? undefined : await repository.manifest(digest);
  if (digest === undefined || content === undefined) throw manifestUnknown(reference);
  response.writeHead(200, {
    'Content-Type': parseManifest(content).mediaType,
    'Content-Length': content.length,
    'Docker-Content-Digest': digest,
    ETag: `"${digest}"`,
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** GET and HEAD of a blob, or of a range of it: engines go on with what broke off. */
export async function sendBlob({ request, response, place }: Read, digest: string): Promise<void> {
  const repository = repositoryOf(place);
  const size = await repository.blobSize(digest);
  if (size === undefined) throw blobUnknown(digest);
  response.setHeader('Docker-Content-Digest', digest);
  response.setHeader('ETag', `"${digest}"`);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Type', 'application/octet-stream');
  const range = readRange(request.headers.range, size);
  const length = range === undefined ? size : range.end - range.start + 1;
  response.setHeader('Content-Length', length);
  if (range !== undefined) response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  response.statusCode = range === undefined ? 200 : 206;
  if (request.method === 'HEAD' || length === 0) {
    response.end();
    return;
  }
  const body = await repository.openBlob(digest, range);
  if (body === undefined) throw blobUnknown(digest);
  await pipeline(body, response);
}

/** GET tags/list, in pages when asked. */
export async function sendTags({ response, url, place }: Read): Promise<void> {
  const tags: string[] = [];
  for await (const tag of repositoryOf(place).tags()) tags.push(tag);
  const page = pageOf(tags, url);
  sendPage(response, { name: place.name, tags: page.items }, url, page.next);
}

/** GET /v2/_catalog, in pages when asked. */
export async function sendCatalog(files: RegistryFiles, url: URL, response: ServerResponse): Promise<void> {
  const names: string[] = [];
  for await (const name of repositoryNames(files, '')) names.push(name);
  const page = pageOf(names.toSorted(), url);
  sendPage(response, { repositories: page.items }, url, page.next);
}

/** A folder that has `_manifests` is a repository; others, or the same one, may lie below it. */
async function* repositoryNames(files: RegistryFiles, parent: string): AsyncGenerator<string> {
  for await (const entry of files.list(REPOSITORIES_FOLDER + parent)) {
    if (entry === '_manifests/') yield parent.slice(0, -1);
    else if (entry.endsWith('/') && !entry.startsWith('_')) yield* repositoryNames(files, parent + entry);
  }
}

function repositoryOf({ files, name }: Place): Repository {
  return new Repository(files, name);
}

function readRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null) return undefined;
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start > end) throw rangeInvalid(size);
  return { start, end };
}

function pageOf(names: readonly string[], url: URL): { items: string[]; next: string | undefined } {
  const last = url.searchParams.get('last') ?? '';
  const wanted = /^\d{1,6}$/.test(url.searchParams.get('n') ?? '')
    ? Number(url.searchParams.get('n'))
    : MAX_PAGE;
  const after = names.filter((name) => name > last);
  const items = after.slice(0, Math.min(Math.max(wanted, 1), MAX_PAGE));
  return { items, next: items.length < after.length ? items.at(-1) : undefined };
}

function sendPage(response: ServerResponse, body: object, url: URL, next: string | undefined): void {
  if (next !== undefined) {
    const query = new URLSearchParams(url.searchParams);
    query.set('last', next);
    response.setHeader('Link', `<${url.pathname}?${query.toString()}>; rel="next"`);
  }
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}
