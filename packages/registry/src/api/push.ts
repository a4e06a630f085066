import type { IncomingMessage, ServerResponse } from 'node:http';
import pMap from 'p-map';
import { blobPath, layerLink, revisionLink, tagHistoryLink, tagLink } from '../layout.ts';
import { isForeign, type Manifest, ManifestError, MAX_MANIFEST_BYTES, parseManifest } from '../manifest.ts';
import { isDigest, isRepositoryName, isTag } from '@rebatch/model';
import { Repository, sha256 } from '../repository.ts';
import type { PushTarget } from './create-registry-api.ts';
import { digestInvalid, manifestBlobUnknown, manifestInvalid, rangeInvalid } from './registry-error.ts';
import type { Upload } from './upload-folder.ts';

/** A request to push to the repository `place.name`. */
interface Push {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  place: { name: string };
  push: PushTarget;
}

const PARALLEL_LOOKS = 16;

/** POST: begins an upload; or ends it at once, by a blob that another repository has or by all of its bytes. */
export async function startUpload(exchange: Push): Promise<void> {
  const { url, push, place } = exchange;
  const [mount, from] = [url.searchParams.get('mount'), url.searchParams.get('from')];
  if (mount !== null && from !== null && isDigest(mount) && isRepositoryName(from)) {
    if ((await new Repository(push.files, from).blobSize(mount)) !== undefined) {
      await push.files.write(layerLink(place.name, mount), Buffer.from(mount));
      sendBlobCreated(exchange, mount);
      return;
    }
  }
  const upload = await push.uploads.start();
  if (url.searchParams.has('digest')) await finish(exchange, upload);
  else sendProgress(exchange, upload, 202);
}

/** GET: how far an upload has come. */
export async function uploadStatus(exchange: Push, id: string): Promise<void> {
  sendProgress(exchange, exchange.push.uploads.get(id), 204);
}

/** PATCH: more of a blob. With a Content-Range only where the bytes so far end. */
export async function takeChunk(exchange: Push, id: string): Promise<void> {
  const { request, push } = exchange;
  const upload = push.uploads.get(id);
  const start = /^(?:bytes )?(\d{1,15})-\d{1,15}/.exec(request.headers['content-range'] ?? '')?.[1];
  if (start !== undefined && Number(start) !== upload.size) throw rangeInvalid(upload.size);
  await push.uploads.append(upload, request);
  sendProgress(exchange, upload, 202);
}

/** PUT: the last of a blob, if anything, and its digest. */
export async function commitUpload(exchange: Push, id: string): Promise<void> {
  await finish(exchange, exchange.push.uploads.get(id));
}

/** PUT of a manifest, whose parts must have been pushed before. */
export async function putManifest(exchange: Push, reference: string): Promise<void> {
  const { request, response, place, push } = exchange;
  const content = await readBody(request);
  const digest = sha256(content);
  if (isDigest(reference) ? reference !== digest : !isTag(reference)) throw digestInvalid(reference);
  await checkParts(new Repository(push.files, place.name), parse(content));
  await push.files.write(blobPath(digest), content);
  const link = Buffer.from(digest);
  await push.files.write(revisionLink(place.name, digest), link);
  if (!isDigest(reference)) {
    await push.files.write(tagHistoryLink(place.name, reference, digest), link);
    // Last: from here on the tag stands for all of the above.
    await push.files.write(tagLink(place.name, reference), link);
  }
  response.writeHead(201, {
    Location: `/v2/${place.name}/manifests/${digest}`,
    'Docker-Content-Digest': digest,
    'Content-Length': 0,
  });
  response.end();
}

async function finish(exchange: Push, upload: Upload): Promise<void> {
  const { request, url, push, place } = exchange;
  const digest = url.searchParams.get('digest') ?? '';
  await push.uploads.append(upload, request);
  upload.busy = true;
  try {
    if (!isDigest(digest) || `sha256:${upload.hash.copy().digest('hex')}` !== digest)
      throw digestInvalid(digest);
    if ((await push.files.size(blobPath(digest))) !== upload.size) {
      await push.files.upload(blobPath(digest), upload.file);
    }
    await push.files.write(layerLink(place.name, digest), Buffer.from(digest));
  } finally {
    await push.uploads.remove(upload);
  }
  sendBlobCreated(exchange, digest);
}

function parse(content: Buffer): Manifest {
  try {
    return parseManifest(content);
  } catch (error) {
    throw error instanceof ManifestError ? manifestInvalid(error.message) : error;
  }
}

async function checkParts(repository: Repository, manifest: Manifest): Promise<void> {
  const isThere = async (digest: string): Promise<boolean> =>
    manifest.kind === 'index'
      ? (await repository.resolve(digest)) !== undefined
      : (await repository.blobSize(digest)) !== undefined;
  const parts =
    manifest.kind === 'index'
      ? manifest.manifests
      : [manifest.config, ...manifest.layers.filter((layer) => !isForeign(layer))];
  await pMap(
    parts,
    async ({ digest }) => {
      if (!(await isThere(digest))) throw manifestBlobUnknown(digest);
    },
    { concurrency: PARALLEL_LOOKS },
  );
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > MAX_MANIFEST_BYTES) throw manifestInvalid(`it has more than ${MAX_MANIFEST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function sendProgress({ response, place }: Push, upload: Upload, status: number): void {
  response.writeHead(status, {
    Location: `/v2/${place.name}/blobs/uploads/${upload.id}`,
    Range: `0-${Math.max(0, upload.size - 1)}`,
    'Docker-Upload-UUID': upload.id,
    'Content-Length': 0,
  });
  response.end();
}

function sendBlobCreated({ response, place }: Push, digest: string): void {
  response.writeHead(201, {
    Location: `/v2/${place.name}/blobs/${digest}`,
    'Docker-Content-Digest': digest,
    'Content-Length': 0,
  });
  response.end();
}
