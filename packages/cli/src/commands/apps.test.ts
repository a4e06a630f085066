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
