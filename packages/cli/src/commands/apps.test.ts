import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliServer } from '../testing/cli-server.ts';

test('registers an App once, and changes it only where it differs', async () => {
  const server = await cliServer();
  const register = async (...argv: string[]) =>
    (await server.run('apps', 'register', 'blender', ...argv)).out;
  expect(await register('--dry-run')).toBe('App blender would be created\n');
  expect((await server.run('apps')).err).toContain('there are no Apps');
  expect(await register()).toBe('App blender created\n');
  expect(await register()).toBe('App blender is up to date\n');
  expect(await register('--image', 'studio/blender:4')).toBe(
    'App blender updated\n  Docker.Image: "rebatch/blender:latest" → "studio/blender:4"\n',
  );
  expect(await server.jobs.getAppRevisions('blender')).toHaveLength(2);
});

test('lists, shows and deletes Apps', async () => {
  const server = await cliServer();
  await server.run('apps', 'register', 'blender', '--as', 'mine');
  expect((await server.run('apps', 'list')).out).toMatch(/^mine +rebatch\/blender:latest /m);
  expect((await server.run('apps', 'show', 'mine')).out).toMatch(/^format +input +PNG /m);
  expect(JSON.parse((await server.run('apps', 'show', 'mine', '--json')).out)).toMatchObject({
    Name: 'mine',
  });
  expect((await server.run('apps', 'delete', 'mine')).out).toBe('App mine deleted\n');
  expect(await server.run('apps', 'delete', 'mine')).toMatchObject({
    code: 1,
    err: 'rebatch: there is no App "mine": see "rebatch apps"\n',
  });
  expect(await server.run('apps', 'register', 'maya')).toMatchObject({ code: 2 });
});

test('tells field by field where the server differs from a file, and by exit 1 that it does', async () => {
  const server = await cliServer();
  expect(await server.run('apps', 'diff', 'blender')).toMatchObject({
    code: 1,
    err: 'rebatch: there is no App "blender": see "rebatch apps"\n',
  });
  await server.run('apps', 'register', 'blender');
  expect(await server.run('apps', 'diff', 'blender')).toEqual({ code: 0, out: '', err: '' });
  const app = JSON.parse((await server.run('apps', 'export', 'blender')).out);
  app.CommandLine = 'other';
  app.EnvVars.NEW = '\u001b[31m';
  await writeFile(join(server.folder, 'blender.json'), JSON.stringify(app));
  const { code, out } = await server.run('apps', 'diff', 'blender.json');
  expect(code).toBe(1);
  expect(out).toMatch(/^CommandLine: "render-blender .*" → "other"$/m);
  expect(out).toMatch(/^EnvVars\.NEW: nothing → "/m);
  expect(out).not.toContain('\u001b');
  expect(JSON.parse((await server.run('apps', 'diff', 'blender.json', '--json')).out)).toHaveLength(2);
});

test('registers from a file what was exported, any revision of it, under any name', async () => {
  const server = await cliServer();
  const file = join(server.folder, 'app.json');
  await server.run('apps', 'register', 'blender');
  await server.run('apps', 'register', 'blender', '--image', 'studio/blender:4');
  await writeFile(file, (await server.run('apps', 'export', 'blender')).out);
  expect((await server.run('apps', 'register', 'app.json')).out).toBe('App blender is up to date\n');
  await writeFile(file, (await server.run('apps', 'export', 'blender', '--revision', '0')).out);
  expect((await server.run('apps', 'register', './app.json')).out).toBe(
    'App blender updated\n  Docker.Image: "studio/blender:4" → "rebatch/blender:latest"\n',
  );
  expect(await server.jobs.getAppRevisions('blender')).toHaveLength(3);
  expect((await server.run('apps', 'register', 'app.json', '--as', 'copy', '--image', 'a/b:1')).out).toBe(
    'App copy created\n',
  );
  expect((await server.jobs.getAppDetail('copy')).Docker?.Image).toBe('a/b:1');
  expect(await server.run('apps', 'export', 'blender', '--revision', '9')).toMatchObject({
    code: 1,
    err: 'rebatch: there is no App "blender" with a revision "9": see "rebatch apps"\n',
  });
});

test('refuses a file that describes no App, and says which field it is', async () => {
  const server = await cliServer();
  const refused = async (content: string) => {
    await writeFile(join(server.folder, 'app.json'), content);
    const { code, err } = await server.run('apps', 'register', 'app.json', '--dry-run');
    expect(code).toBe(2);
    return err;
  };
  expect(await refused('{')).toMatch(/^rebatch: app\.json is not JSON: /);
  expect(await refused('{"Name":"a","Docker":{"Image":"a"},"CommandLine":7}')).toMatch(
    /^rebatch: app\.json describes no App: .*CommandLine/,
  );
  expect(await server.run('apps', 'register', 'nothing.json')).toMatchObject({ code: 1 });
});
