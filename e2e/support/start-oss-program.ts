import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const READY = z.object({ oss: z.string() });

/** An object store in a process of its own. */
export interface StartedStore {
  endpoint: string;
  stop: () => Promise<void>;
}

/** Starts a program that prints `{"oss":"http://…"}` when it is ready, as `rebatch-oss` does. */
export async function startOssProgram(
  program: string,
  args: string[],
  key: { accessKeyId: string; accessKeySecret: string },
): Promise<StartedStore> {
  const env = {
    ...process.env,
    REBATCH_ACCESS_KEY_ID: key.accessKeyId,
    REBATCH_ACCESS_KEY_SECRET: key.accessKeySecret,
  };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`${program} ended with ${code}`))),
  ]);
  return {
    endpoint: READY.parse(JSON.parse(String(line))).oss,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
