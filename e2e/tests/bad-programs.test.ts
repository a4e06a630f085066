import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { JobView } from '@rebatch/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HELLO_BUCKET, helloJob } from '../support/hello-job.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';
import { tarGz } from '../support/tar-gz.ts';
import { until } from '../support/until.ts';

const MIB = 1024 * 1024;

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 4 });
  await server.objects.makeBucket(HELLO_BUCKET);
});
afterAll(() => server.dispose());

let jobs = 0;

const LOGS = { StdoutRedirectPath: `oss://${HELLO_BUCKET}/logs/` };

/** Submits a program that writes to /home/out/; `prefix` is where that goes. */
async function submit(
  script: string,
  command: Record<string, unknown> = {},
  logs: Record<string, string> = LOGS,
): Promise<{ id: string; prefix: string }> {
  jobs += 1;
  const prefix = `out-${jobs}/`;
  const job = await helloJob(server, script, {
    OutputMapping: { '/home/out/': `oss://${HELLO_BUCKET}/${prefix}` },
    Parameters: { Command: { CommandLine: script, ...command }, ...logs },
  });
  return { id: await server.client.createJob(job), prefix };
}

async function run(
  ...args: Parameters<typeof submit>
): Promise<{ job: JobView; id: string; prefix: string }> {
  const submitted = await submit(...args);
  return { ...submitted, job: await jobEnd(server, submitted.id) };
}

async function bytesOf(key: string): Promise<Buffer> {
  return buffer((await server.objects.get(HELLO_BUCKET, key)).body);
}

async function keysBelow(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of server.objects.list(HELLO_BUCKET, { prefix }))
    keys.push(key.slice(prefix.length));
  return keys;
}

/** The file that the first instance's standard output goes to on this host. */
function localLog(id: string): string {
  return join(server.dataDir, 'attempts', `${id}.hello.0.0`, 'logs', 'stdout');
}

const DONE = { State: 'Finished', Message: '' };

describe.concurrent('a package', () => {
  test.each([
    ['no-archive.tar.gz', Buffer.from('hello'), /is no gzip tar, though its name says so/],
    [
      'climbs.tar.gz',
      tarGz({ '../../etc/passwd': 'x' }),
      /"\.\.\/\.\.\/etc\/passwd" leads out of the work folder/,
    ],
    ['absolute.tar.gz', tarGz({ '/etc/passwd': 'x' }), /"\/etc\/passwd" leads out of the work folder/],
  ])('%s fails its job, which says why', async (name, content, message) => {
    await server.objects.put(HELLO_BUCKET, name, content);
    const { job } = await run('true', { PackagePath: `oss://${HELLO_BUCKET}/${name}` });
    expect(job).toMatchObject({ State: 'Failed', Message: expect.stringMatching(message) });
  });
});

describe.concurrent('a program', () => {
  test('that leaves children and deletes the folder that it works in ends as if it had not', async () => {
    const { job, prefix } = await run(
      'setsid sleep 1000 & sleep 1000 & rm -rf "$PWD" "$PWD"/* 2>/dev/null; cd /; echo done >/home/out/rc',
    );
    expect(job).toMatchObject(DONE);
    expect(await keysBelow(prefix)).toEqual(['rc']);
  });

  test('may print bytes that are no text, without a line break at their end', async () => {
    const { job, id, prefix } = await run('head -c 3000001 /dev/urandom >/home/out/copy; cat /home/out/copy');
    expect(job).toMatchObject(DONE);
    const printed = await bytesOf(`logs/stdout.${id}.hello.0`);
    expect(printed.equals(await bytesOf(`${prefix}copy`))).toBe(true);
  });

  test('that prints very much takes little room here, and is stopped like any other', async () => {
    const line = '0123456789abcdef0123456789abcde\n';
    const bytes = 160 * MIB;
    const { id } = await submit(`yes ${line.trim()} | head -c ${bytes}; sleep 600`);
    const key = `logs/stdout.${id}.hello.0`;
    await until('all of it is stored', async () => {
      const log = await server.objects.find(HELLO_BUCKET, key);
      return log?.size === bytes;
    });
    const { size, blocks } = await stat(localLog(id));
    expect(size).toBe(bytes);
    expect(blocks * 512).toBeLessThan(64 * MIB);
    await server.client.stopJob(id);
    expect(await jobEnd(server, id)).toMatchObject({ State: 'Stopped' });
    expect((await bytesOf(key)).equals(Buffer.alloc(bytes, line))).toBe(true);
  });

  test('whose output nobody asked for leaves none of it here', async () => {
    const early = { EnvVars: { REBATCH_STREAM_OUTPUTS: 'true' } };
    const { id, prefix } = await submit(
      'yes | head -c 200000000; echo done >/home/out/rc; sleep 600',
      early,
      {},
    );
    await until('it has printed', async () => (await keysBelow(prefix)).includes('rc'));
    expect((await stat(localLog(id))).size).toBe(0);
    await server.client.stopJob(id);
    await jobEnd(server, id);
  });

  test('may leave outputs of every odd kind and name: files are stored, all else is left out', async () => {
    const { job, prefix } = await run(
      [
        'cd /home/out',
        'mkfifo pipe',
        'ln -s loop loop; ln -s /etc/passwd outside; ln -s /proc/self/mem memory; ln -s / root',
        `printf picture >"$(printf 'line\\nbreak')"`,
        `printf picture >"$(printf 'gbk-\\344\\326\\310.png')"`,
        'printf picture >渲染.png; ln -s 渲染.png alias.png',
      ].join('; '),
    );
    expect(job).toMatchObject(DONE);
    expect(await keysBelow(prefix)).toEqual(['alias.png', 'gbk-%E4%D6%C8.png', 'line\nbreak', '渲染.png']);
    for (const key of await keysBelow(prefix)) expect(String(await bytesOf(prefix + key))).toBe('picture');
  });

  test('that changes an output without end, and has it uploaded early, has its last content stored', async () => {
    const { job, prefix } = await run(
      'cd /home/out; for i in $(seq 300); do echo line $i >>grows; sleep 0.01; done; sha256sum <grows >sum',
      { EnvVars: { REBATCH_STREAM_OUTPUTS: 'true' } },
    );
    expect(job).toMatchObject(DONE);
    const sum = createHash('sha256')
      .update(await bytesOf(`${prefix}grows`))
      .digest('hex');
    expect(String(await bytesOf(`${prefix}sum`))).toContain(sum);
  });

  test('may leave a thousand tiny files', async () => {
    const { job, prefix } = await run('cd /home/out; for i in $(seq 1000); do echo $i >$i; done');
    expect(job).toMatchObject(DONE);
    expect(await keysBelow(prefix)).toHaveLength(1000);
  });
});

test('two instances that write one output leave what one of them wrote, never a mixture', async () => {
  const script = 'yes $BATCH_COMPUTE_DAG_INSTANCE_ID | head -c 20000000 >/home/out/shared';
  const id = await server.client.createJob(
    await helloJob(server, script, {
      InstanceCount: 4,
      OutputMapping: { '/home/out/': `oss://${HELLO_BUCKET}/both/` },
    }),
  );
  expect(await jobEnd(server, id)).toMatchObject(DONE);
  const shared = await bytesOf('both/shared');
  expect(shared.equals(Buffer.alloc(20_000_000, shared.subarray(0, 2)))).toBe(true);
});
