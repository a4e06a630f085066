import { expect, test, vi } from 'vitest';
import { cliServer } from '../testing/cli-server.ts';

test('creates, lists, shows, resizes and deletes a cluster', async () => {
  const server = await cliServer();
  expect((await server.run('clusters')).err).toContain('there are no clusters');
  const options = '--nodes 2 --group g --prefix render --env A=1 --user-data scene=island --bootstrap true';
  const created = await server.run('cluster', 'create', 'farm', ...options.split(' '));
  expect(created).toMatchObject({ code: 0, err: '' });
  const id = created.out.trim();
  await vi.waitFor(async () => {
    expect((await server.run('clusters')).out).toMatch(new RegExp(`${id} +farm +Active +2/2 +img-ubuntu`));
  });
  const page = (await server.run('cluster', id)).out;
  expect(page).toContain(`Cluster   ${id}\n`);
  expect(page).toContain('Groups    g 2/2\n');
  expect(page).toMatch(/i-\w+ +g +render001 +10\.0\.0\.\d+ +Running/);
  expect(page).toContain('Instance is active.');

  expect(await server.run('cluster', 'resize', id, '1')).toEqual({
    code: 0,
    out: `${id} g wants 1\n`,
    err: '',
  });
  await vi.waitFor(async () => {
    const { Nodes: nodes } = JSON.parse((await server.run('cluster', id, '--json')).out);
    expect(nodes).toHaveLength(1);
  });
  expect((await server.run('cluster', 'delete', id)).out).toBe(`${id} is being deleted\n`);
  await vi.waitFor(async () => {
    expect(await server.run('cluster', id)).toMatchObject({ code: 1 });
  });
});

test.each([
  [['cluster'], 'ID is missing'],
  [['cluster', 'create'], 'NAME is missing'],
  [['cluster', 'resize', 'cls-1', 'many'], 'N must be a whole number from 0 to 65536, not "many"'],
  [['cluster', 'create', 'c', '--mount', 'x'], '--mount must be oss://BUCKET/KEY=/PATH, not "x"'],
])('rebatch %j is wrong usage', async (argv, message) => {
  const server = await cliServer();
  expect(await server.run(...argv)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
});
