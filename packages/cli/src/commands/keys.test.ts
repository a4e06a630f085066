import { BatchComputeClient, OssClient } from '@rebatch/client';
import { expect, onTestFinished, test } from 'vitest';
import { readLocalServer } from '../connection/data-folder.ts';
import { type CliServer, cliServer } from '../testing/cli-server.ts';

interface Key {
  id: string;
  secret: string;
  owner: string;
}

async function json<T>(server: CliServer, ...argv: string[]): Promise<T> {
  const { code, out, err } = await server.run(...argv, '--json');
  expect([code, err]).toEqual([0, '']);
  const value: T = JSON.parse(out);
  return value;
}

/** Clients of a key, on the running server. */
function clients(server: CliServer, key: { id: string; secret: string; token?: string }) {
  const { server: addresses } = readLocalServer(`${server.folder}/.data`);
  const credentials = {
    accessKeyId: key.id,
    accessKeySecret: key.secret,
    ...(key.token === undefined ? {} : { securityToken: key.token }),
  };
  const jobs = new BatchComputeClient({ endpoint: addresses!.api, ...credentials });
  const oss = new OssClient({ endpoint: addresses!.oss, ...credentials });
  onTestFinished(() => {
    jobs.close();
    oss.close();
  });
  return { jobs, oss };
}

test('a key that is made is an account of its own, at once, until it is disabled', async () => {
  const server = await cliServer();
  const key = await json<Key>(server, 'keys', 'make', '--note', 'comp');
  expect(key.owner).toBe('1000002');
  const { jobs } = clients(server, key);
  expect((await jobs.listJobs()).Items).toEqual([]);
  const second = await json<Key>(server, 'keys', 'make', '--owner', '1000002');
  expect(second.owner).toBe('1000002');
  expect((await json<Key>(server, 'keys', 'make')).owner).toBe('1000003');

  expect((await server.run('keys', 'disable', key.id)).out).toBe(`key ${key.id} disabled\n`);
  await expect(jobs.listJobs()).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound' });
  await server.run('keys', 'enable', key.id);
  expect((await jobs.listJobs()).Items).toEqual([]);

  const { out } = await server.run('keys');
  expect(out).toMatch(/^KEY +ACCOUNT +STATE +MADE +NOTE\n/);
  expect(out).toMatch(new RegExp(`^${key.id} +1000002 +enabled .* comp$`, 'm'));
  expect(out).not.toContain(key.secret);
});

test('a temporary key works with its token, and a limited one only where it may', async () => {
  const server = await cliServer();
  await server.oss.makeBucket('shots');
  const made = await json<Record<string, string>>(
    server,
    'keys',
    'sts',
    '--ttl',
    '60',
    '--prefix',
    'oss://shots/out/',
    '--read-prefix',
    'oss://shots/in/',
  );
  const key = { id: made['AccessKeyId']!, secret: made['AccessKeySecret']!, token: made['SecurityToken']! };
  const { oss, jobs } = clients(server, key);
  await oss.put('shots', 'out/a', Buffer.from('a'));
  expect(await (await fetch(oss.signUrl('shots', 'out/a', 60))).text()).toBe('a');
  expect((await fetch(oss.signUrl('shots', 'else', 60))).status).toBe(403);
  await expect(oss.put('shots', 'in/a', Buffer.from('a'))).rejects.toMatchObject({ code: 'AccessDenied' });
  await expect(jobs.listJobs()).rejects.toMatchObject({ status: 403, code: 'Forbidden' });
  const without = clients(server, { id: key.id, secret: key.secret });
  await expect(without.oss.put('shots', 'out/b', Buffer.from(''))).rejects.toMatchObject({
    code: 'InvalidSecurityToken',
  });

  const whole = await json<Record<string, string>>(server, 'keys', 'sts');
  const env = {
    REBATCH_ACCESS_KEY_ID: whole['AccessKeyId']!,
    REBATCH_ACCESS_KEY_SECRET: whole['AccessKeySecret']!,
  };
  const { main } = await import('../main.ts');
  const io = server.io({ env: { ...env, REBATCH_SECURITY_TOKEN: whole['SecurityToken']! } });
  expect([await main(['ls'], io), io.stdout()]).toEqual([0, expect.stringContaining('shots')]);
  const bare = server.io({ env });
  expect([await main(['jobs'], bare), bare.stderr()]).toEqual([
    1,
    expect.stringContaining('REBATCH_SECURITY_TOKEN'),
  ]);
});

test('quotas are set, shown and lifted', async () => {
  const server = await cliServer();
  expect(await server.run('keys', 'quota')).toMatchObject({ code: 0, out: '', err: 'there are no quotas\n' });
  await server.run('keys', 'quota', '--jobs', '0');
  await expect(server.jobs.createJob({ Name: 'x', Type: 'DAG', DAG: JOB })).rejects.toMatchObject({
    status: 503,
    code: 'QuotaExhausted',
  });
  expect(await json(server, 'keys', 'quota', '--owner', '1000001', '--jobs', '1', '--images', '3')).toEqual([
    { owner: '1000001', what: 'images', amount: 3 },
    { owner: '1000001', what: 'jobs', amount: 1 },
  ]);
  await server.jobs.createJob({ Name: 'x', Type: 'DAG', DAG: JOB });
  expect((await server.run('keys', 'quota', '--jobs', 'none')).out).not.toContain('all others');
});

const JOB = {
  Tasks: { a: { Parameters: { Command: { CommandLine: 'true' } }, AutoCluster: { ImageId: 'img-ubuntu' } } },
};

test.each([
  [['keys', 'burn'], 2, '"burn" is none of'],
  [['keys', 'make', '--owner', 'me'], 2, '--owner must be'],
  [['keys', 'make', '--owner', '7'], 1, 'there is no account 7'],
  [['keys', 'disable'], 2, 'is missing'],
  [['keys', 'disable', 'nobody'], 1, 'there is no key nobody'],
  [['keys', 'sts', '--ttl', '0'], 2, '--ttl must be'],
  [['keys', 'sts', '--prefix', 's3://x/'], 2, 'oss://bucket/key'],
  [['keys', 'quota', '--jobs', 'many'], 2, '--jobs must be'],
  [['keys', '--data', 'nowhere'], 1, 'no server has ever kept its data'],
])('%j says what is wrong', async (argv, code, text) => {
  const server = await cliServer();
  const ran = await server.run(...argv);
  expect([ran.code, ran.out]).toEqual([code, '']);
  expect(ran.err).toContain(text);
});
