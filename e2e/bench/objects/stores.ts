import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { signV1 } from '@rebatch/oss/signatures';
import { Client } from 'minio';
import { startMinio } from '../../support/minio.ts';
import { ROOT } from '../../support/paths.ts';
import { type StartedStore, startOssProgram } from '../../support/start-oss-program.ts';
import { httpPeer, type Peer } from './peer.ts';

export const BENCH_BUCKET = 'bench';
const KEY = { accessKeyId: 'bench', accessKeySecret: 'bench-secret' };

type Method = 'GET' | 'PUT' | 'POST';
type Query = [string, string][];

/** One signed request to the bench's bucket; gives back the answer's text. */
export type Ask = (method: Method, key: string | undefined, query: Query, body?: string) => Promise<string>;

/** Rebatch's store alone, as `npx @rebatch/oss` starts it. */
export async function startRebatch(folder: string): Promise<StartedStore & { peer: Peer; ask: Ask }> {
  const store = await startOssProgram(
    join(ROOT, 'packages/oss/bin/rebatch-oss.mjs'),
    ['--data', folder, '--port', '0'],
    KEY,
  );
  const sign = (method: Method, key: string | undefined, query: Query = []): Record<string, string> => {
    const headers = { Date: new Date().toUTCString() };
    const { accessKeyId, accessKeySecret: secret } = KEY;
    const resource = { method, bucket: BENCH_BUCKET, ...(key === undefined ? {} : { key }), query, headers };
    return { ...headers, Authorization: signV1({ accessKeyId, secret, ...resource }) };
  };
  const ask: Ask = async (method, key, query, body) => {
    const target = `${store.endpoint}/${BENCH_BUCKET}/${key ?? ''}?${new URLSearchParams(query).toString()}`;
    const response = await fetch(target, {
      method,
      headers: sign(method, key, query),
      // Bytes: fetch would add a Content-Type to text, unsigned.
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`rebatch answered ${response.status}: ${text}`);
    return text;
  };
  await ask('PUT', undefined, []);
  return { ...store, ask, peer: httpPeer('rebatch', store.endpoint, BENCH_BUCKET, sign) };
}

export async function startBare(folder: string): Promise<StartedStore & { peer: Peer }> {
  await mkdir(folder, { recursive: true });
  const store = await startOssProgram(join(import.meta.dirname, 'bare-server.ts'), [folder], KEY);
  return { ...store, peer: httpPeer('bare node:http', store.endpoint, BENCH_BUCKET, () => ({})) };
}

/** MinIO with its data on the same disk; a bucket policy lets it be asked without its costly signature. */
export async function startMinioPeer(folder: string): Promise<StartedStore & { peer: Peer }> {
  await mkdir(folder, { recursive: true });
  const minio = await startMinio(folder);
  const { hostname, port } = new URL(minio.endpoint);
  const client = new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: false,
    accessKey: minio.accessKey,
    secretKey: minio.secretKey,
  });
  await client.makeBucket(BENCH_BUCKET);
  const actions = ['s3:GetObject', 's3:PutObject'];
  const resource = `arn:aws:s3:::${BENCH_BUCKET}/*`;
  const statement = { Effect: 'Allow', Principal: { AWS: ['*'] }, Action: actions, Resource: [resource] };
  await client.setBucketPolicy(
    BENCH_BUCKET,
    JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  );
  const peer = httpPeer('MinIO', minio.endpoint, BENCH_BUCKET, () => ({}));
  return { endpoint: minio.endpoint, peer, stop: () => minio.stop() };
}
