import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { runOk } from './run.ts';
import { unpackDebian } from './unpack-debian.ts';
import { until } from './until.ts';

/** Debian's docker-registry: the Distribution project's own program. */
export interface DebianRegistry {
  /** `localhost:PORT` */
  readonly address: string;
  stop(): Promise<void>;
}

/** `folder`: its storage is in `storage/` below. `password`: of the user `artist`; without one anybody is let in. */
export async function startDebianRegistry(folder: string, password?: string): Promise<DebianRegistry> {
  const program = join(await unpackDebian('docker-registry'), 'usr/bin/docker-registry');
  await mkdir(join(folder, 'storage'), { recursive: true });
  const port = await freePort();
  const config = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'storage') } },
    http: { addr: `127.0.0.1:${port}` },
    ...(password === undefined
      ? {}
      : { auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } } }),
  };
  if (password !== undefined) await writeFile(join(folder, 'htpasswd'), `artist:${await bcrypt(password)}\n`);
  // Every JSON document is YAML.
  await writeFile(join(folder, 'config.yml'), JSON.stringify(config));
  const child: ChildProcess = spawn(program, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  const address = `localhost:${port}`;
  await until('the registry answers', async () => {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
    return (await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined)) !== undefined;
  });
  return {
    address,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** The only kind of hash that its password file may hold; Perl has it from the C library. */
async function bcrypt(password: string): Promise<string> {
  return runOk('perl', ['-e', 'print crypt($ARGV[0], q($2y$05$rebatchrebatchrebatch.))', password]);
}
