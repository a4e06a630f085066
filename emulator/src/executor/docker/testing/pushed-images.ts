import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore } from '@rebatch/objects';
import { createRegistryApi, ObjectFiles, UploadFolder } from '@rebatch/registry';
import type Docker from 'dockerode';
import { tinyImage } from './tiny-image.ts';

/** Registry storage below a prefix, and the daemon's way to push into it. */
export interface PushedImages extends AsyncDisposable {
  /** Pushes an image that says `words` in $WORDS; the daemon keeps no name of it. */
  push(name: string, words: string): Promise<void>;
}

/** Serves `prefix` of `bucket` as a registry that the daemon can push to. */
export async function pushedImages(
  docker: Docker,
  objects: ObjectStore,
  bucket: string,
  prefix: string,
): Promise<PushedImages> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-push-'));
  const files = new ObjectFiles(objects, bucket, prefix);
  const api = createRegistryApi({
    admits: () => true,
    place: (name) => ({ files, name }),
    push: { files, uploads: new UploadFolder(folder, Date.now) },
  });
  const server = createServer(api).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const registry = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    async push(name, words) {
      const [repo = '', tag = 'latest'] = `${registry}/${name}`.split(/:(?=[^/]*$)/);
      const container = await docker.createContainer({
        name: `rebatch-push-${randomBytes(6).toString('hex')}`,
        Image: await tinyImage(),
        Cmd: ['true'],
      });
      await container.commit({ repo, tag, changes: `ENV WORDS=${words}` });
      await container.remove();
      const image = docker.getImage(`${repo}:${tag}`);
      const stream = await image.push({ authconfig: { username: 'nobody', password: 'nothing' } });
      await new Promise<void>((resolve, reject) => {
        docker.modem.followProgress(stream, (error) => (error === null ? resolve() : reject(error)));
      });
      await image.remove();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
