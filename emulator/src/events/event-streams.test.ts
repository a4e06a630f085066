import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type ManualClock, manualClock, WireError } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { openStore, type Store } from '../store/store.ts';
import { createEventStreams, type EventStreams, type StreamRequest } from './event-streams.ts';

interface Room {
  store: Store;
  clock: ManualClock;
  streams: EventStreams;
  /** Opens a stream over a real connection; what it gets is gathered in `seen`. */
  read: (request: Partial<StreamRequest>) => Promise<{ seen: () => string; response: IncomingMessage }>;
  happen: (count: number, options?: { owner?: string; bytes?: number }) => void;
  /** Events that were read from the log for readers. */
  rowsRead: () => number;
}

function room(): Room {
  const store = openStore(':memory:');
  const clock = manualClock();
  let rows = 0;
  const counted: Store = {
    ...store,
    listEvents(query) {
      const found = store.listEvents(query);
      rows += found.length;
      return found;
    },
  };
  const streams = createEventStreams({ store: counted, clock });
  const server: Server = createServer((request, response: ServerResponse) => {
    const wanted: StreamRequest = JSON.parse(decodeURIComponent(request.url?.slice(1) ?? ''));
    try {
      streams.open({ ...wanted, names: new Set(wanted.names) }, response);
    } catch (error) {
      response.writeHead(error instanceof WireError ? error.status : 500).end();
    }
  });
  onTestFinished(() => {
    streams.close();
    server.closeAllConnections();
    server.close();
    store.close();
  });
  return {
    store,
    clock,
    streams,
    async read(request) {
      if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
      const wanted = { owner: '1', ...request, names: [...(request.names ?? [])] };
      const { port } = Object(server.address());
      const outgoing = get({ port, path: `/${encodeURIComponent(JSON.stringify(wanted))}`, agent: false });
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      outgoing.on('response', resolve).on('error', reject);
      const response = await promise;
      let seen = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        seen += chunk;
      });
      response.on('error', () => {});
      return { seen: () => seen, response };
    },
    rowsRead: () => rows,
    happen(count, { owner = '1', bytes = 100 } = {}) {
      for (let n = 0; n < count; n++) {
        const body = JSON.stringify({ Event: 'OnJobRunning', pad: 'x'.repeat(bytes) });
        store.insertEvent({ owner, at: clock.now(), name: 'OnJobRunning', subject: `job-${n % 2}`, body });
      }
      streams.wake();
      clock.advance(100);
    },
  };
}

const ids = (text: string): number[] => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

test('a new reader hears of what happens from now on, of its account only', async () => {
  const { read, happen } = room();
  happen(2);
  const { seen } = await read({});
  happen(1, { owner: '2' });
  happen(3);
  await expect.poll(() => ids(seen())).toEqual([4, 5, 6]);
});

test('a reader can choose one job', async () => {
  const { read, happen } = room();
  happen(5);
  const { seen } = await read({ after: 0, subject: 'job-1' });
  await expect.poll(() => ids(seen())).toEqual([2, 4]);
});

test('who asks for what is no longer kept is told of the gap first', async () => {
  const { read, happen, store, clock } = room();
  happen(10);
  store.sweepEvents({ before: 0, keep: 4, limit: 100 });
  const late = await read({ after: 3 });
  await expect.poll(() => ids(late.seen())).toEqual([7, 8, 9, 10]);
  expect(late.seen()).toMatch(/event: Gap\ndata: \{.*"LastEventId":3,"OldestEventId":7/);
  // A store that an older backup replaced knows fewer events than the reader.
  const ahead = await read({ after: 99 });
  await expect.poll(() => ahead.seen()).toContain('event: Gap');
  const right = await read({ after: 6 });
  await expect.poll(() => ids(right.seen())).toEqual([7, 8, 9, 10]);
  expect(right.seen()).not.toContain('Gap');
  expect(clock.pending()).toBeGreaterThan(0);
});

test('a reader who hears nothing gets a line now and then', async () => {
  const { read, clock } = room();
  const { seen } = await read({});
  clock.advance(15_000);
  await expect.poll(() => seen()).toContain(': still here\n\n');
});

test('a reader who does not read takes no memory, and gets all when it does', async () => {
  const { read, happen, rowsRead } = room();
  const { seen, response } = await read({ after: 0 });
  response.pause();
  // Far more than the connection holds: the rest stays in the log.
  for (let n = 0; n < 40; n++) happen(1000, { bytes: 1000 });
  expect(rowsRead()).toBeLessThan(20_000);
  response.resume();
  await expect.poll(() => ids(seen()).length).toBe(40_000);
  expect(new Set(ids(seen())).size).toBe(40_000);
});

test('one account cannot take all streams, and a reader that leaves makes room', async () => {
  const { read, streams } = room();
  const readers = await Promise.all(Array.from({ length: 32 }, async () => read({})));
  expect((await read({})).response.statusCode).toBe(429);
  expect((await read({ owner: '2' })).response.statusCode).toBe(200);
  readers[0]?.response.destroy();
  await expect.poll(() => streams.size).toBe(32);
  expect((await read({})).response.statusCode).toBe(200);
});
