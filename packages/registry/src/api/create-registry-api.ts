import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isRepositoryName } from '@rebatch/model';
import type { RegistryFiles, WritableRegistryFiles } from '../registry-files.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import { commitUpload, putManifest, startUpload, takeChunk, uploadStatus } from './push.ts';
import { sendBlob, sendCatalog, sendManifest, sendTags } from './read.ts';
import { nameUnknown, RegistryError, unauthorized, unsupported } from './registry-error.ts';
import type { UploadFolder } from './upload-folder.ts';

/** A repository as the storage has it. */
export interface Place {
  files: RegistryFiles;
  name: string;
}

/** What can be pushed to: storage, and where uploads wait until they are whole. */
export interface PushTarget {
  files: WritableRegistryFiles;
  uploads: UploadFolder;
}

export interface RegistryApiOptions {
  /** False: the sender is asked who it is. */
  admits(credentials: Credentials | undefined): boolean;
  /** Where a repository is that a request names; undefined when this sender sees no such. */
  place(name: string, credentials: Credentials | undefined): Place | undefined;
  /** Whose repositories are listed; absent: nobody's. */
  catalog?: RegistryFiles;
  /** Absent: nothing can be pushed. Repositories then are placed by their own names. */
  push?: PushTarget;
  /** Told of what went wrong on this side. */
  onError?: (error: unknown) => void;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  place: Place;
  push: PushTarget | undefined;
}

/** One path of the API: `match[1]` of what is behind the repository's name is handed on. */
interface Path {
  pattern: RegExp;
  verbs: Partial<Record<string, (exchange: Exchange, part: string) => Promise<void>>>;
}

const PATHS: readonly Path[] = [
  {
    pattern: /^manifests\/([^/]+)$/,
    verbs: {
      GET: sendManifest,
      HEAD: sendManifest,
      PUT: (exchange, reference) => putManifest({ ...exchange, push: pushable(exchange) }, reference),
    },
  },
  {
    pattern: /^blobs\/uploads\/()$/,
    verbs: { POST: (exchange) => startUpload({ ...exchange, push: pushable(exchange) }) },
  },
  {
    pattern: /^blobs\/uploads\/([\w-]+)$/,
    verbs: {
      GET: (exchange, id) => uploadStatus({ ...exchange, push: pushable(exchange) }, id),
      PATCH: (exchange, id) => takeChunk({ ...exchange, push: pushable(exchange) }, id),
      PUT: (exchange, id) => commitUpload({ ...exchange, push: pushable(exchange) }, id),
    },
  },
  { pattern: /^blobs\/(sha256:[0-9a-f]{64})$/, verbs: { GET: sendBlob, HEAD: sendBlob } },
  { pattern: /^tags\/()list$/, verbs: { GET: sendTags } },
];

/**
 * The Registry HTTP API v2 (the Distribution project's; `docker push` and `docker pull` speak it) over the storage of a
 * registry. Deleting is not served.
 */
export function createRegistryApi(options: RegistryApiOptions): RequestListener {
  return (request, response) => {
    response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
    answer(options, request, response).catch((error: unknown) => {
      refuse(response, error, (cause) => options.onError?.(cause));
    });
  };
}

async function answer(
  options: RegistryApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const credentials = readCredentials(request.headers.authorization);
  if (!options.admits(credentials)) throw unauthorized();
  const url = URL.parse(request.url ?? '/', 'http://registry.invalid');
  const path = url === null ? undefined : decoded(url.pathname);
  if (url === null || path === undefined) throw unsupported('A path that cannot be read');
  if (path === '/v2/' || path === '/v2') return sendVersion(response);
  if (path === '/v2/_catalog' && options.catalog !== undefined) {
    return sendCatalog(options.catalog, url, response);
  }
  const { name, rest } = split(path);
  const place = isRepositoryName(name) ? options.place(name, credentials) : undefined;
  if (place === undefined) throw nameUnknown(name);
  for (const { pattern, verbs } of PATHS) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const verb = Object.hasOwn(verbs, request.method ?? '') ? verbs[request.method ?? ''] : undefined;
    if (verb === undefined) throw unsupported(`${request.method} of ${path}`);
    return verb({ request, response, url, place, push: options.push }, match[1] ?? '');
  }
  throw unsupported(path);
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Repositories may have any of the words of the API in their names: the last one counts. */
function split(path: string): { name: string; rest: string } {
  const match = /^\/v2\/(.+)\/((?:manifests|blobs|tags)\/(?:uploads\/)?[^/]*)$/.exec(path);
  return { name: match?.[1] ?? path.slice('/v2/'.length), rest: match?.[2] ?? '' };
}

function pushable({ push }: Exchange): PushTarget {
  if (push === undefined) throw unsupported('Pushing');
  return push;
}

function sendVersion(response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/json');
  response.end('{}');
}

function refuse(response: ServerResponse, error: unknown, tell: (cause: unknown) => void): void {
  // A sender that hung up is no trouble of this side.
  if (!(error instanceof RegistryError) && !response.destroyed) tell(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known =
    error instanceof RegistryError
      ? error
      : new RegistryError(500, 'UNKNOWN', error instanceof Error ? error.message : 'unknown error');
  for (const [name, value] of Object.entries(known.headers)) response.setHeader(name, value);
  response.writeHead(known.status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code: known.code, message: known.message }] }));
}
