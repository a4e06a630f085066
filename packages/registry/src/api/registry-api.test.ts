import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { type ObjectStore, openFileStore } from '@rebatch/objects';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ObjectFiles } from '../object-files.ts';
import { createRegistryApi, type RegistryApiOptions } from './create-registry-api.ts';
import { UploadFolder } from './upload-folder.ts';

let folder: string;
let objects: ObjectStore;
let stop: (() => void)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-registry-'));
  objects = await openFileStore({ dir: join(folder, 'objects'), clock: systemClock });
  await objects.createBucket('films', '1');
});
afterEach(async () => {
  for (const end of stop.splice(0)) end();
  await objects.close();
  await rm(folder, { recursive: true });
});

type Send = (path: string, init?: RequestInit) => Promise<Response>;

async function registry(options: Partial<RegistryApiOptions> = {}): Promise<Send> {
  const files = new ObjectFiles(objects, 'films', 'dockers/');
  const uploads = await mkdtemp(join(folder, 'uploads-'));
  const api = createRegistryApi({
    admits: () => true,
    place: (name) => ({ files, name }),
    catalog: files,
    push: { files, uploads: new UploadFolder(uploads, Date.now) },
    ...options,
  });
  const server = createServer(api).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop.push(
    () => void server.close(),
    () => server.closeAllConnections(),
  );
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return async (path, init) => fetch(new URL(path, base), init);
}

const digestOf = (content: string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

const hex = (digest: string): string => digest.slice('sha256:'.length);

async function pushBlob(send: Send, name: string, content: string): Promise<string> {
  const begun = await send(`/v2/${name}/blobs/uploads/`, { method: 'POST' });
  expect(begun.status).toBe(202);
  const place = begun.headers.get('location') ?? '';
  const half = Math.floor(content.length / 2);
  for (const [start, part] of [
    [0, content.slice(0, half)],
    [half, content.slice(half)],
  ] as const) {
    const headers = { 'Content-Range': `${start}-${start + part.length - 1}` };
    expect((await send(place, { method: 'PATCH', body: part, headers })).status).toBe(202);
  }
  const digest = digestOf(content);
  expect((await send(`${place}?digest=${digest}`, { method: 'PUT' })).status).toBe(201);
  return digest;
}

async function pushImage(send: Send, name: string, tag: string, layer = 'the layer'): Promise<string> {
  const blob = async (content: string): Promise<object> => ({
    mediaType: 'application/octet-stream',
    digest: await pushBlob(send, name, content),
    size: content.length,
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: await blob('{}'),
    layers: [await blob(layer)],
  });
  const stored = await send(`/v2/${name}/manifests/${tag}`, { method: 'PUT', body: manifest });
  expect(stored.status).toBe(201);
  return stored.headers.get('docker-content-digest') ?? '';
}

async function codeOf(response: Response): Promise<string> {
  const code = /"code":"(\w+)"/.exec(await response.text())?.[1];
  return `${response.status} ${code}`;
}

test('what was pushed is pulled by tag and by digest, and lies where a registry of Distribution keeps it', async () => {
  const send = await registry();
  const digest = await pushImage(send, 'studio/tool', '0.1');
  for (const reference of ['0.1', digest]) {
    const manifest = await send(`/v2/studio/tool/manifests/${reference}`);
    expect(manifest.headers.get('content-type')).toBe('application/vnd.docker.distribution.manifest.v2+json');
    expect(digestOf(await manifest.text())).toBe(digest);
  }
  const layer = digestOf('the layer');
  const keys = (await objects.list('films')).objects.map(({ key }) => key);
  expect(keys).toEqual(
    [
      ...[digest, layer, digestOf('{}')].map(
        (of) => `dockers/docker/registry/v2/blobs/sha256/${hex(of).slice(0, 2)}/${hex(of)}/data`,
      ),
      ...[layer, digestOf('{}')].map(
        (of) => `dockers/docker/registry/v2/repositories/studio/tool/_layers/sha256/${hex(of)}/link`,
      ),
      `dockers/docker/registry/v2/repositories/studio/tool/_manifests/revisions/sha256/${hex(digest)}/link`,
      'dockers/docker/registry/v2/repositories/studio/tool/_manifests/tags/0.1/current/link',
      `dockers/docker/registry/v2/repositories/studio/tool/_manifests/tags/0.1/index/sha256/${hex(digest)}/link`,
    ].toSorted(),
  );
});

test('a blob is sent whole or in part, also under a HEAD', async () => {
  const send = await registry();
  const digest = await pushBlob(send, 'a', 'abcdefgh');
  expect(await (await send(`/v2/a/blobs/${digest}`)).text()).toBe('abcdefgh');
  const part = await send(`/v2/a/blobs/${digest}`, { headers: { Range: 'bytes=2-' } });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 2-7/8',
    'cdefgh',
  ]);
  const head = await send(`/v2/a/blobs/${digest}`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '8']);
  expect(await codeOf(await send(`/v2/a/blobs/${digest}`, { headers: { Range: 'bytes=9-' } }))).toBe(
    '416 RANGE_INVALID',
  );
});

test('a blob of one repository is no blob of another until it is mounted', async () => {
  const send = await registry();
  const digest = await pushBlob(send, 'a', 'shared');
  expect(await codeOf(await send(`/v2/b/blobs/${digest}`))).toBe('404 BLOB_UNKNOWN');
  const mounted = await send(`/v2/b/blobs/uploads/?mount=${digest}&from=a`, { method: 'POST' });
  expect(mounted.status).toBe(201);
  expect(await (await send(`/v2/b/blobs/${digest}`)).text()).toBe('shared');
  const unknown = await send(`/v2/b/blobs/uploads/?mount=${digestOf('x')}&from=a`, { method: 'POST' });
  expect(unknown.status).toBe(202);
});

test('bytes that have not the digest that was said leave nothing', async () => {
  const send = await registry();
  const begun = await send('/v2/a/blobs/uploads/', { method: 'POST' });
  const place = begun.headers.get('location') ?? '';
  const wrong = await send(`${place}?digest=${digestOf('other')}`, { method: 'PUT', body: 'these' });
  expect(await codeOf(wrong)).toBe('400 DIGEST_INVALID');
  expect(await codeOf(await send(`${place}?digest=${digestOf('these')}`, { method: 'PUT' }))).toBe(
    '404 BLOB_UPLOAD_UNKNOWN',
  );
  expect((await objects.list('films')).objects).toEqual([]);
  const uploads = (await readdir(folder)).find((name) => name.startsWith('uploads-')) ?? '';
  expect(await readdir(join(folder, uploads))).toEqual([]);
});

test('a chunk that leaves a gap is refused, with where to go on', async () => {
  const send = await registry();
  const place = (await send('/v2/a/blobs/uploads/', { method: 'POST' })).headers.get('location') ?? '';
  await send(place, { method: 'PATCH', body: 'abc' });
  const gap = await send(place, { method: 'PATCH', body: 'ghi', headers: { 'Content-Range': '6-8' } });
  expect([gap.status, gap.headers.get('range')]).toEqual([416, '0-2']);
  expect((await send(place)).headers.get('range')).toBe('0-2');
});

test('a manifest whose parts are not there, or that is none, is refused', async () => {
  const send = await registry();
  const part = { mediaType: '', digest: digestOf('nowhere'), size: 1 };
  const body = JSON.stringify({ schemaVersion: 2, config: part, layers: [] });
  expect(await codeOf(await send('/v2/a/manifests/1', { method: 'PUT', body }))).toBe(
    '400 MANIFEST_BLOB_UNKNOWN',
  );
  expect(await codeOf(await send('/v2/a/manifests/1', { method: 'PUT', body: '{' }))).toBe(
    '400 MANIFEST_INVALID',
  );
  const other = await send(`/v2/a/manifests/${digestOf('other')}`, { method: 'PUT', body });
  expect(await codeOf(other)).toBe('400 DIGEST_INVALID');
});

test('tags and repositories are listed, page by page', async () => {
  const send = await registry();
  for (const tag of ['2', '1', '3']) await pushImage(send, 'studio/tool', tag);
  await pushImage(send, 'studio', '1');
  const first = await send('/v2/studio/tool/tags/list?n=2');
  expect(await first.json()).toEqual({ name: 'studio/tool', tags: ['1', '2'] });
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  expect(await (await send(next)).json()).toEqual({ name: 'studio/tool', tags: ['3'] });
  expect(await (await send('/v2/_catalog')).json()).toEqual({ repositories: ['studio', 'studio/tool'] });
});

test('who is not known is asked for a password, and a name that leads out of the storage is none', async () => {
  const send = await registry({ admits: (credentials) => credentials?.password === 'open' });
  const closed = await send('/v2/');
  expect([closed.headers.get('www-authenticate'), await codeOf(closed)]).toEqual([
    'Basic realm="rebatch"',
    '401 UNAUTHORIZED',
  ]);
  const headers = { Authorization: `Basic ${Buffer.from('me:open').toString('base64')}` };
  expect((await send('/v2/', { headers })).status).toBe(200);
  expect(await codeOf(await send('/v2/a%2F..%2Fb/tags/list', { headers }))).toBe('404 NAME_UNKNOWN');
  expect(await codeOf(await send('/v2/a%FF/tags/list', { headers }))).toBe('405 UNSUPPORTED');
});
