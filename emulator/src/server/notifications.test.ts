import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { dialects } from '../api/test-support/dialects.ts';
import { KEY, startServer, type TestServer } from './test-support/start-server.ts';

interface Letter {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Somebody who is told what happens; the first `refusals` letters are refused. */
async function receiver(refusals = 0): Promise<{ url: string; letters: Letter[] }> {
  const letters: Letter[] = [];
  let left = refusals;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (left-- > 0) response.writeHead(503).end();
      else {
        letters.push({ url: request.url ?? '', headers: request.headers, body });
        response.writeHead(201).end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${Object(server.address()).port}`, letters };
}

const EVENTS = ['OnJobWaiting', 'OnJobRunning', 'OnTaskFinished', 'OnInstanceFinished', 'OnJobFinished'];

async function submit(server: TestServer, topic?: object): Promise<string> {
  const created = await server.call({
    method: 'POST',
    path: '/jobs',
    body: JSON.stringify({
      Name: 'night',
      Type: 'DAG',
      ...(topic === undefined ? {} : { Notification: { Topic: topic } }),
      DAG: { Tasks: { frame: { Parameters: { Command: { CommandLine: 'true' } } } } },
    }),
  });
  expect(created.status).toBe(201);
  return String(Object(created.json).Id);
}

test('a job tells its topic what it asked for, signed, in order, again after a refusal', async () => {
  const queue = await receiver(1);
  const server = await startServer();
  const id = await submit(server, { Name: 'renders', Endpoint: `${queue.url}/`, Events: EVENTS });
  await expect.poll(() => queue.letters.length).toBe(EVENTS.length);
  const messages = queue.letters.map(({ body }) => {
    const json = /<MessageBody>(.*)<\/MessageBody>/s.exec(body)?.[1] ?? '';
    return JSON.parse(json.replaceAll('&quot;', '"'));
  });
  expect(messages.map(({ Event }) => Event)).toEqual([
    'OnJobWaiting',
    'OnJobRunning',
    'OnInstanceFinished',
    'OnTaskFinished',
    'OnJobFinished',
  ]);
  expect(messages[0]).toMatchObject({ Category: 'Job', JobId: id, JobName: 'night', State: 'Waiting' });
  expect(messages[2]).toMatchObject({ TaskName: 'frame', InstanceId: 0, State: 'Finished', ExitCode: 0 });
  const { url, headers } = queue.letters[0]!;
  expect(url).toBe('/topics/renders/messages');
  const signed = `POST\n\n${headers['content-type']}\n${headers.date}\nx-mns-version:2015-06-06\n${url}`;
  const signature = createHmac('sha1', KEY.secret).update(signed).digest('base64');
  expect(headers.authorization).toBe(`MNS ${KEY.id}:${signature}`);
});

test('a webhook hears of the events it was made for until it is deleted, signed with its own secret', async () => {
  const hook = await receiver();
  const server = await startServer();
  const body = JSON.stringify({ Url: `${hook.url}/in`, Events: ['OnJobFinished'] });
  const { json: made } = await server.call({ method: 'POST', path: '/webhooks', body });
  const { Id: id, Secret: secret } = Object(made);
  const job = await submit(server);
  await expect.poll(() => hook.letters.length).toBe(1);
  const letter = hook.letters[0]!;
  expect(JSON.parse(letter.body)).toMatchObject({ Event: 'OnJobFinished', JobId: job });
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(letter.headers['x-rebatch-signature']))!;
  expect(mac).toBe(createHmac('sha256', secret).update(`${seconds}.${letter.body}`).digest('hex'));
  const list = await server.call({ method: 'GET', path: '/webhooks' });
  expect(list.json).toMatchObject({ Items: [{ Id: id, Url: `${hook.url}/in` }] });
  expect(JSON.stringify(list.json)).not.toContain(secret);
  expect((await server.call({ method: 'DELETE', path: `/webhooks/${id}` })).status).toBe(204);
  expect((await server.call({ method: 'DELETE', path: `/webhooks/${id}` })).status).toBe(404);
});

test('a topic may be a plain webhook, and one that is no address ends among the dead letters', async () => {
  const hook = await receiver();
  const server = await startServer();
  await submit(server, { Name: '', Endpoint: `webhook+${hook.url}`, Events: ['OnJobFinished'] });
  await submit(server, { Name: 't', Endpoint: 'nowhere at all', Events: ['OnJobFinished'] });
  await expect.poll(() => hook.letters.length).toBe(1);
  expect(hook.letters[0]?.headers['x-rebatch-key-id']).toBe(KEY.id);
  const dead = async () => Object((await server.call({ method: 'GET', path: '/events/dead' })).json);
  await expect.poll(dead).toMatchObject({
    Items: [{ Event: 'OnJobFinished', Reason: 'the endpoint is not an address', Tries: 1 }],
  });
  const { Id: id } = (await dead()).Items[0];
  expect((await server.call({ method: 'POST', path: `/events/dead/${id}/retry` })).status).toBe(201);
  await expect.poll(async () => (await dead()).Items[0]?.Id).toBeGreaterThan(id);
  const { Id: again } = (await dead()).Items[0];
  expect((await server.call({ method: 'DELETE', path: `/events/dead/${again}` })).status).toBe(204);
  expect((await dead()).Items).toEqual([]);
});

test.each([
  [{}, 'MissingUrl'],
  [{ Url: 'ftp://x' }, 'InvalidUrl'],
  [{ Url: 'http://x', Events: ['OnNothing'] }, 'InvalidEvents'],
  [{ Url: 'http://x', Events: [] }, 'InvalidEvents'],
])('a webhook like %j is refused with %s', async (body, code) => {
  const server = await startServer();
  const refused = await server.call({ method: 'POST', path: '/webhooks', body: JSON.stringify(body) });
  expect(refused).toMatchObject({ status: 400, json: { Code: code } });
});

test('a reader of the stream hears of its own events only, and goes on after the last that it has seen', async () => {
  const server = await startServer();
  const first = await submit(server);
  const until = async (query: Record<string, string>, last: string): Promise<string> => {
    const { target, headers } = dialects.python({ method: 'GET', path: '/events', query }, KEY);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let seen = '';
    const request = get(`${server.api}${target}`, { headers }, (response) => {
      expect(response.headers['content-type']).toMatch(/^text\/event-stream/);
      response.setEncoding('utf8').on('data', (chunk: string) => {
        seen += chunk;
        if (!seen.includes(last)) return;
        resolve(seen);
        request.destroy();
      });
    });
    request.on('error', reject);
    return promise;
  };
  const all = await until({ LastEventId: '0' }, 'event: OnJobFinished');
  expect([...all.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name)).toEqual([
    'OnJobWaiting',
    'OnTaskWaiting',
    'OnJobRunning',
    'OnTaskRunning',
    'OnInstanceRunning',
    'OnInstanceFinished',
    'OnTaskFinished',
    'OnJobFinished',
  ]);
  const ids = [...all.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  const rest = await until({ LastEventId: String(ids[5]), JobId: first }, 'event: OnJobFinished');
  expect(rest).not.toContain('OnJobWaiting');
  expect(rest.match(/^id: /gm)).toHaveLength(2);
  const refused = await server.call({ method: 'GET', path: '/events', query: { LastEventId: 'x' } });
  expect(refused).toMatchObject({ status: 400, json: { Code: 'InvalidLastEventId' } });
});

test('what happened lately is listed, the newest first', async () => {
  const server = await startServer();
  const id = await submit(server);
  const page = async (query: Record<string, string>) =>
    Object((await server.call({ method: 'GET', path: '/events/log', query })).json);
  await expect
    .poll(async () => (await page({ MaxItemCount: '1' })).Items[0])
    .toMatchObject({ Event: 'OnJobFinished', JobId: id });
  const { NextMarker: marker } = await page({ MaxItemCount: '1' });
  expect((await page({ MaxItemCount: '1', Marker: marker })).Items[0].Event).toBe('OnTaskFinished');
});

test('a server that stops ends its streams at once', async () => {
  const server = await startServer();
  const { target, headers } = dialects.python({ method: 'GET', path: '/events' }, KEY);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(`${server.api}${target}`, { headers }, resolve).on('error', reject);
  const ended = text(await promise);
  await server.close();
  expect(await ended).toMatch(/^retry: /);
});
