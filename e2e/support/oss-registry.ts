import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { runOk } from './run.ts';
import { REBATCH, type StartedServer } from './server.ts';
import { type TinyImage, tinyImage } from './tiny-image.ts';

/** A running `rebatch registry`. */
export interface OssRegistry {
  /** `localhost:PORT`, as `docker push` wants it. */
  readonly address: string;
  /** Pushes a local image as `name:tag`. */
  push(image: string, name: string): Promise<void>;
  /** Makes a small image and pushes it as `name:tag`; the local Docker keeps nothing of it. */
  pushTiny(name: string, image: TinyImage): Promise<void>;
  stop(): Promise<void>;
}

const READY = z.object({ ready: z.literal(true), registry: z.string() });

/** Starts `rebatch registry --oss-path URL` on a free port, as a user of that server. */
export async function startOssRegistry(server: StartedServer, ossPath: string): Promise<OssRegistry> {
  const args = [REBATCH, 'registry', '--oss-path', ossPath, '--port', '0', '--json'];
  const child = spawn(process.execPath, args, { env: server.env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { registry } = READY.parse(JSON.parse(String(line)));
  const address = `localhost:${new URL(registry).port}`;
  const push = async (image: string, name: string): Promise<void> => {
    const there = `${address}/${name}`;
    await runOk('docker', ['tag', image, there]);
    await runOk('docker', ['push', '-q', there]);
    await runOk('docker', ['rmi', '--no-prune', there]);
  };
  return {
    address,
    push,
    async pushTiny(name, image) {
      const local = `rebatch-e2e/push-${process.pid}-${name.replaceAll(/\W/g, '-')}:1`;
      await tinyImage(local, image);
      await push(local, name);
      await runOk('docker', ['rmi', local]);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
