import { type HappenedEvent, OperationsClient } from '@rebatch/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const KILLS = 4;
const INSTANCES = 40;

let server: StartedServer;
let hook: Receiver;
let queue: Receiver;
beforeAll(async () => {
  // Each refusal makes the letters of its job wait for a second.
  [hook, queue] = await Promise.all([startReceiver((n) => n % 12 === 0), startReceiver((n) => n < 3)]);
  server = await startServer({ executor: 'simulated', simulate: 'duration=100ms..300ms', slots: 4 });
});
afterAll(async () => {
  hook.close();
  queue.close();
  await server.dispose();
});

function operations(): OperationsClient {
  const { api: endpoint, accessKeyId, accessKeySecret } = server;
  return new OperationsClient({ endpoint, accessKeyId, accessKeySecret });
}

/** Reads the stream after `last` until `enough` says so, or the server is gone. */
async function read(seen: HappenedEvent[], enough: () => boolean): Promise<void> {
  const client = operations();
  const controller = new AbortController();
  try {
    const after = seen.at(-1)?.id ?? 0;
    for await (const event of client.events({}, { after, signal: controller.signal })) {
      seen.push(event);
      if (enough()) break;
    }
  } finally {
    controller.abort();
    client.close();
  }
}

test('nothing that happened stays untold, whoever refuses it and however often the server is killed', async () => {
  const client = operations();
  const names = [
    'OnJobRunning',
    'OnInstanceRunning',
    'OnInstanceFinished',
    'OnTaskFinished',
    'OnJobFinished',
  ];
  await client.addWebhook(`${hook.url}/in`, names);
  const id = await server.client.createJob({
    Name: 'night',
    Type: 'DAG',
    Notification: {
      Topic: { Name: 'renders', Endpoint: queue.url, Events: ['OnJobWaiting', 'OnJobFinished'] },
    },
    DAG: {
      Tasks: {
        frame: { InstanceCount: INSTANCES, Parameters: { Command: { CommandLine: 'true' } } },
      },
    },
  });

  const seen: HappenedEvent[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    // In mid-work: some more instances have begun since the last kill.
    const goal = seen.length + 10;
    await read(seen, () => seen.length >= goal);
    await server.restart();
  }
  await read(seen, () => seen.at(-1)?.name === 'OnJobFinished');
  expect((await server.client.getJob(id)).State).toBe('Finished');

  // The stream: each event once, in order, and those that the log has.
  const ids = seen.map((event) => event.id);
  expect(ids).toEqual(ids.map((_, index) => index + 1));
  const counts = (name: string): number => seen.filter((event) => event.name === name).length;
  expect(counts('OnInstanceFinished')).toBe(INSTANCES);
  expect([counts('OnJobWaiting'), counts('OnJobRunning'), counts('OnJobFinished')]).toEqual([1, 1, 1]);

  // The webhook: all that it asked for, at least once each, and in order.
  const wanted = seen.filter(({ name }) => names.includes(name)).map((event) => event.id);
  const arrived = () => [
    ...new Set(hook.letters.map(({ headers }) => Number(headers['x-rebatch-event-id']))),
  ];
  await until('all letters', () => arrived().length >= wanted.length);
  expect(arrived()).toEqual(wanted);
  expect(hook.refused).toBeGreaterThan(3);

  // The topic: over the message service's wire.
  await until('the message of the end', () =>
    queue.letters.some(({ body }) => body.includes('OnJobFinished')),
  );
  expect(new Set(queue.letters.map(({ path }) => path))).toEqual(new Set(['/topics/renders/messages']));
  expect(queue.letters[0]?.body).toContain('&quot;Event&quot;:&quot;OnJobWaiting&quot;');
  expect(queue.refused).toBe(3);

  const metrics = await (await fetch(`${server.api}/metrics`)).text();
  expect(metrics).toMatch(/^rebatch_outbox_messages 0$/m);
  expect(metrics).toMatch(/^rebatch_dead_letters 0$/m);
  client.close();
});
