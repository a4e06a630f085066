import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../main.ts';
import { type CliServer, cliServer } from '../testing/cli-server.ts';

/** Runs the registry while `use` does something with it. */
async function withRegistry(
  server: CliServer,
  args: string[],
  use: (address: string) => Promise<void>,
): Promise<void> {
  const io = server.io();
  const done = main(['registry', '--oss-path', 'oss://films/dockers', '--port', '0', '--json', ...args], io);
  await expect.poll(() => io.stdout()).toContain('ready');
  await use(/"registry":"([^"]+)"/.exec(io.stdout())?.[1] ?? '');
  io.interrupt();
  expect(await done).toBe(0);
}

test('what is pushed to the registry lies below the prefix', async () => {
  const server = await cliServer();
  await server.oss.makeBucket('films');
  await withRegistry(server, [], async (address) => {
    const digest = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const url = `${address}/v2/tool/blobs/uploads/?digest=${digest}`;
    expect((await fetch(url, { method: 'POST', body: 'abc' })).status).toBe(201);
    expect(await (await fetch(`${address}/v2/tool/blobs/${digest}`)).text()).toBe('abc');
    const missing = digest.replace('ba', 'bb');
    expect((await fetch(`${address}/v2/tool/blobs/${missing}`)).status).toBe(404);
    expect(await (await fetch(`${address}/v2/_catalog`)).json()).toEqual({ repositories: [] });
  });
  const keys: string[] = [];
  for await (const { key } of server.oss.list('films')) keys.push(key);
  expect(keys).toEqual([
    expect.stringMatching(/^dockers\/docker\/registry\/v2\/blobs\/sha256\/ba\/ba7816bf\w+\/data$/),
    expect.stringMatching(
      /^dockers\/docker\/registry\/v2\/repositories\/tool\/_layers\/sha256\/ba7816bf\w+\/link$/,
    ),
  ]);
});

test('with a password file, only who knows the password is let in', async () => {
  const server = await cliServer();
  await server.oss.makeBucket('films');
  await writeFile(join(server.folder, 'password'), 'artist:open sesame\n');
  await withRegistry(server, ['--password-file', 'password'], async (address) => {
    expect((await fetch(`${address}/v2/`)).status).toBe(401);
    const basic = Buffer.from('artist:open sesame').toString('base64');
    expect((await fetch(`${address}/v2/`, { headers: { Authorization: `Basic ${basic}` } })).status).toBe(
      200,
    );
  });
});

test.each([
  { args: [], says: '--oss-path is missing', code: 2 },
  { args: ['--oss-path', 'dockers'], says: 'is not an oss://', code: 2 },
  { args: ['--oss-path', 'oss://films/d/', '--host', '0.0.0.0'], says: '--password-file is needed', code: 2 },
  { args: ['--oss-path', 'oss://nowhere/d/'], says: 'there is no bucket nowhere', code: 1 },
  { args: ['--oss-path', 'oss://films/d/', '--password-file', 'none'], says: 'cannot be read', code: 1 },
])('registry $args is refused in one line', async ({ args, says, code }) => {
  const server = await cliServer();
  const ran = await server.run('registry', ...args);
  expect(ran).toMatchObject({ code, err: expect.stringContaining(says) });
});
