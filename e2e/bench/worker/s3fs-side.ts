import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'minio';
import { debianFiles } from '../../support/debian-files.ts';
import type { StartedMinio } from '../../support/minio.ts';
import { CACHE } from '../../support/paths.ts';
import { run } from '../../support/run.ts';
import { until } from '../../support/until.ts';
import { namesIn, type Side } from './mount-reading.ts';

/** Debian's s3fs 1.90; ossfs is a fork of it that no package registry has. */
const PACKAGE = 's3fs';
const FILES = join(CACHE, 'bench/s3fs');
const LIBRARIES = ['lib', 'usr/lib'].map((folder) => join(FILES, folder, 'x86_64-linux-gnu')).join(':');
const BUCKET = 's3fs';

/** The folder's content through s3fs on the S3 server, with its cache on the disk. */
export async function s3fsSide(minio: StartedMinio, folder: string, root: string): Promise<Side> {
  if (!existsSync(join(FILES, 'usr/bin/s3fs'))) {
    await debianFiles('rebatch/img-ubuntu:latest', [PACKAGE], FILES);
  }
  await putAll(minio, folder);
  const password = join(root, 's3fs-password');
  await writeFile(password, `${minio.accessKey}:${minio.secretKey}`, { mode: 0o600 });
  return {
    async open() {
      const cache = await mkdtemp(join(root, 's3fs-cache-'));
      const mounted: { path: string; process: ChildProcess }[] = [];
      const mount = async (): Promise<string> => {
        const path = await mkdtemp(join(root, 's3fs-'));
        const settings = `passwd_file=${password},url=${minio.endpoint},use_path_request_style,use_cache=${cache}`;
        const process = spawn(join(FILES, 'usr/bin/s3fs'), [BUCKET, path, '-f', '-o', settings], {
          env: { LD_LIBRARY_PATH: LIBRARIES },
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        mounted.push({ path, process });
        const before = (await stat(root)).dev;
        await until(
          's3fs to show the bucket',
          async () => (await stat(path)).dev !== before && (await readdir(path)).length > 0,
        );
        return path;
      };
      return {
        path: await mount(),
        mount,
        async close() {
          for (const { path, process } of mounted) {
            await run('umount', ['--lazy', path]);
            if (process.exitCode === null) await once(process, 'exit');
          }
        },
      };
    },
  };
}

async function putAll({ endpoint, accessKey, secretKey }: StartedMinio, folder: string): Promise<void> {
  const { hostname, port } = new URL(endpoint);
  const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey, secretKey });
  await client.makeBucket(BUCKET);
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    await client.putObject(BUCKET, name, createReadStream(path), (await stat(path)).size);
  }
}
