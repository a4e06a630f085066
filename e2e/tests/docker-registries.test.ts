import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DebianRegistry, startDebianRegistry } from '../support/debian-registry.ts';
import { run, runOk } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { tinyImage } from '../support/tiny-image.ts';
import { until } from '../support/until.ts';

const PASSWORD = 'open-sesame-4711';

let folder: string;
let registry: DebianRegistry;
let server: StartedServer;
let image: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-registries-'));
  registry = await startDebianRegistry(folder, PASSWORD);
  image = `${registry.address}/studio/tool:1`;
  await tinyImage(image, { words: 'from the registry' });
  const docker = ['--config', join(folder, 'docker')];
  const logIn = [...docker, 'login', '-u', 'artist', '-p', PASSWORD, registry.address];
  await runOk('docker', logIn);
  await runOk('docker', [...docker, 'push', '-q', image]);
  await runOk('docker', ['rmi', image]);
  await passwords({});
  server = await startServer({ slots: 2, args: ['--registry-auth', join(folder, 'auth.json')] });
});
afterAll(async () => {
  await server.dispose();
  await registry.stop();
  await run('docker', ['rmi', image]);
  await rm(folder, { recursive: true });
});

/** The operator's file; the server reads it each time. */
async function passwords(auths: Record<string, { auth: string }>): Promise<void> {
  await writeFile(join(folder, 'auth.json'), JSON.stringify({ auths }));
}

const auth = (password: string): { auth: string } => ({ auth: btoa(`artist:${password}`) });

async function start(Image: string): Promise<string> {
  const Parameters = { Command: { CommandLine: 'echo "$WORDS"', Docker: { Image } } };
  const task = { InstanceCount: 1, Timeout: 60, AutoCluster: { ImageId: 'img-ubuntu' }, Parameters };
  return server.client.createJob({
    Name: 'private',
    Type: 'DAG',
    DAG: { Tasks: { work: task }, Dependencies: {} },
  });
}

/** How a job of that image ended: its instance's state and what went wrong. */
async function outcomeOf(Image: string): Promise<string> {
  const job = await start(Image);
  await until('the job ends', async () => (await server.client.getJob(job)).EndTime !== '');
  const { State, Result } = await server.client.getInstance(job, 'work', 0);
  return `${State} ${Result.ErrorCode} ${Result.ErrorMessage}`;
}

test('a registry on this host is asked when the operator names it: until then the image is waited for', async () => {
  const job = await start(image);
  await until('the job waits', async () =>
    (await server.client.getJob(job)).Message.includes(`image missing: ${image}`),
  );
  await passwords({ [registry.address]: auth('wrong') });
  expect(await outcomeOf(image)).toMatch(
    /^Failed InvalidImage The image ".*" could not be pulled: .*(?:auth|credentials)/,
  );
  await passwords({ [registry.address]: auth(PASSWORD) });
  expect(await outcomeOf(image)).toBe('Finished  ');
  await until(
    'the first job finds it, too',
    async () => (await server.client.getJob(job)).State === 'Finished',
  );
});

test('an image that the registry does not have fails in the registry’s words', async () => {
  await passwords({ [registry.address]: auth(PASSWORD) });
  const missing = `${registry.address}/studio/tool:2`;
  expect(await outcomeOf(missing)).toMatch(
    new RegExp(`^Failed InvalidImage The image "${missing}" could not be pulled: .*(?:unknown|not found)`),
  );
});

test('a registry that nobody reaches fails the instance after some tries, and no password is told', async () => {
  const outcome = await outcomeOf('registry.invalid/studio/tool:1');
  expect(outcome).toMatch(
    /^Failed InternalError.ImagePull The image ".*" could not be pulled: .*registry\.invalid/,
  );
  const said = (await readFile(join(server.dataDir, 'jobs.db'))).toString('latin1') + outcome;
  expect(said).not.toContain(PASSWORD);
});
