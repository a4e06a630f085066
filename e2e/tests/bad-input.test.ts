import { Agent } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { APP, APP_JOB, CLUSTER, DAG_JOB, IMAGE } from '../fuzz/bodies.ts';
import { exchange } from '../fuzz/raw-bytes.ts';
import { type Answer, send } from '../fuzz/send.ts';
import { jobEnd } from '../support/submit-render.ts';
import { type StartedServer, startServer } from '../support/server.ts';

const agent = new Agent({ keepAlive: true });
let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ executor: 'simulated', simulate: 'duration=1ms', slots: 20 });
});
afterAll(async () => {
  agent.destroy();
  await server.dispose();
});

async function post(
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const account = { id: server.accessKeyId, secret: server.accessKeySecret };
  const request = { method: 'POST', target: path, headers, body: Buffer.from(body), signed: true };
  return send(new URL(server.api), agent, account, request);
}

/** Status, code and message of a refusal. */
function refusal({ status, body }: Answer): { status: number; code: string; message: string } {
  const { Code: code, Message: message } = JSON.parse(body);
  return { status, code: String(code), message: String(message) };
}

/** The sample job with one task's field set. */
function jobWith(task: Record<string, unknown>, job: Record<string, unknown> = {}): string {
  return JSON.stringify({
    ...DAG_JOB,
    ...job,
    DAG: { Tasks: { ...DAG_JOB.DAG.Tasks, work: { ...DAG_JOB.DAG.Tasks.work, ...task } }, Dependencies: {} },
  });
}

/** "taken", or what the refusal says. */
async function made(path: string, body: object): Promise<string> {
  const { status, body: text } = await post(path, JSON.stringify(body));
  return status === 201 ? 'taken' : text;
}

test('what the bad input is made from is good: it is taken', async () => {
  expect(await made('/jobs', DAG_JOB)).toBe('taken');
  expect(await made('/apps', APP)).toBe('taken');
  expect(await made('/jobs', APP_JOB)).toBe('taken');
  expect(await made('/clusters', CLUSTER)).toBe('taken');
  expect(await made('/images', IMAGE)).toBe('taken');
});

test('a body over the limit is refused with the limit', async () => {
  const large = refusal(await post('/jobs', `{"Name":"${'x'.repeat(9 << 20)}"}`));
  expect(large).toMatchObject({ status: 413, code: 'InvalidHttpBody' });
  expect(large.message).toContain('8388608');
});

test('a body that is small as sent and large when inflated is refused, too', async () => {
  const { deflateSync } = await import('node:zlib');
  const bomb = deflateSync(Buffer.alloc(64 << 20, ' '));
  const refused = refusal(await post('/jobs', bomb, { 'x-acs-compress-type': 'deflate' }));
  expect(refused).toMatchObject({ status: 413, code: 'InvalidHttpBody' });
});

test('JSON that is 10,000 deep is refused, wherever it stands', async () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  for (const body of [deep, `{"DAG":${deep}}`, jobWith({}).replace('"text"', deep)]) {
    expect(refusal(await post('/jobs', body))).toMatchObject({ status: 400, code: 'InvalidJsonFormat' });
  }
});

/** JSON text of a DAG job with as many tasks, all the same. */
function manyTasks(count: number, task: string): string {
  const tasks = Array.from({ length: count }, (_, n) => `"t${n}":${task}`);
  return `{"Name":"x","Type":"DAG","DAG":{"Tasks":{${tasks.join()}}}}`;
}

test('a million tasks are refused by their number, or before that by their size', async () => {
  const task = JSON.stringify(DAG_JOB.DAG.Tasks.work);
  expect(refusal(await post('/jobs', manyTasks(1_000_000, '{}')))).toMatchObject({ status: 413 });
  const many = refusal(await post('/jobs', manyTasks(10_000, task)));
  expect(many.status).toBe(400);
  expect(many.message).toContain('Tasks');
});

test('too many headers and too long ones are refused as JSON', async () => {
  const flood = Array.from({ length: 3000 }, (_, n) => `X-${n}: y`).join('\r\n');
  for (const headers of [flood, `X-Long: ${'y'.repeat(100_000)}`]) {
    const answer = await exchange(
      new URL(server.api),
      Buffer.from(`GET /jobs HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d [^]*application\/json[^]*\{"Code":/);
  }
});

test('clients that send nothing more do not keep others from being served, nor the server from ending', async () => {
  const { port, hostname } = new URL(server.api);
  const beginnings = [
    '',
    'GET',
    'GET /jobs HTTP/1.1\r\nHost: x\r\nX-',
    'POST /jobs HTTP/1.1\r\nContent-Length: 99\r\n\r\n{',
  ];
  const idlers = await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.on('error', () => {});
      socket.write(beginnings[n % beginnings.length] ?? '');
      return socket;
    }),
  );
  const created = await post('/jobs', jobWith({}));
  expect(created.status).toBe(201);
  for (const socket of idlers) socket.destroy();
});

test.each([
  ['InputMapping', { InputMapping: { 'oss://../secret/': '/home/in/' } }],
  ['InputMapping', { InputMapping: { 'oss://fuzz/in/': '/home/../../etc/' } }],
  ['OutputMapping', { OutputMapping: { '/home/../etc/shadow': 'oss://fuzz/out' } }],
  ['OutputMapping', { OutputMapping: { 'home/out/': 'oss://fuzz/out/\u0000' } }],
  ['LogMapping', { LogMapping: { '/home/log/': 'file:///etc/' } }],
  ['Mounts', { Mounts: { Entries: [{ Source: 'oss://fuzz/', Destination: '/../', WriteSupport: true }] } }],
  ['InstanceCount', { InstanceCount: 1e9 }],
  ['InstanceCount', { InstanceCount: 'three' }],
  ['Timeout', { Timeout: -1 }],
  [
    'EnvVars',
    {
      Parameters: {
        ...DAG_JOB.DAG.Tasks.work.Parameters,
        Command: { CommandLine: 'x', EnvVars: { 'A=B': 'c' } },
      },
    },
  ],
])('a wrong %s is refused by the name of its field and task', async (field, task) => {
  const answer = await post('/jobs', jobWith(task));
  const { status, code, message } = refusal(answer);
  expect(status).toBe(400);
  expect(code).toMatch(/^(Invalid|Missing)/);
  expect(message).toContain('work');
  expect(message).toContain(field);
});

test.each(['../x', 'a/b', '', '__proto__/x', '渲染', 'a b', 'x'.repeat(33), '-\u0000'])(
  'a task may not be called %j',
  async (name) => {
    const body = JSON.stringify({
      ...DAG_JOB,
      DAG: { Tasks: { [name]: DAG_JOB.DAG.Tasks.work }, Dependencies: {} },
    });
    const { status, code } = refusal(await post('/jobs', body));
    expect(status).toBe(400);
    expect(code).toMatch(/^(Invalid|Missing)/);
  },
);

test('a job may have a name and a description in any script, and they come back as they were', async () => {
  const Description = '第一章 — Ünï 👩‍🚀 \u202e';
  const created = await post('/jobs', jobWith({}, { Description, AutoRelease: false }));
  expect(created.status).toBe(201);
  const { Id } = JSON.parse(created.body);
  expect(await server.client.getJobDescription(String(Id))).toMatchObject({ Description });
});

test('__proto__, constructor and keys that come twice are keys like any other', async () => {
  const variables = '{"__proto__":"a","constructor":"b","toString":"c","TWICE":"first","TWICE":"last"}';
  const body = jobWith({}, { AutoRelease: false }).replaceAll(
    '"EnvVars":{"MODE":"a","BATCH_COMPUTE_X":"y"}',
    `"EnvVars":${variables}`,
  );
  expect(body).toContain('__proto__');
  const answer = await post('/jobs', body.replace('{', '{"__proto__":{"Priority":999},"Name":"first",'));
  expect(answer.status).toBe(201);
  const { Id } = JSON.parse(answer.body);
  const description = JSON.stringify(await server.client.getJobDescription(String(Id)));
  expect(description).toContain('"TWICE":"last"');
  expect(description).toContain('"constructor":"b"');
  expect(await jobEnd(server, String(Id))).toMatchObject({ Name: 'fuzz', Priority: 1, State: 'Finished' });
  expect(Reflect.get({}, 'Priority')).toBeUndefined();
});
