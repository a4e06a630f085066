import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzz } from '../fuzz/fuzz.ts';
import { type StartedServer, startServer } from '../support/server.ts';

/** `REBATCH_FUZZ_REQUESTS`: how many; the default takes some ten seconds. `npm run fuzz` goes on for as long as told. */
const REQUESTS = Number(process.env['REBATCH_FUZZ_REQUESTS'] ?? 8000);
/** What a server that has seen everything once may still take: pages of its store, code that was compiled late. */
const MOST_GROWTH_BYTES = 150e6;

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ executor: 'simulated', simulate: 'duration=1ms', slots: 50 });
});
afterAll(() => server.dispose());

test(`of ${REQUESTS} requests with something wrong about them, none brings a 5xx, a page or a crash`, async () => {
  const { complaints, statuses, memory, requests } = await fuzz(
    server,
    20_261_125,
    (sent) => sent < REQUESTS,
    Math.floor(REQUESTS / 5),
  );
  expect(complaints).toEqual([]);
  expect(requests).toBe(REQUESTS);
  // It would prove little if all were refused at the door.
  for (const status of [200, 201, 204, 400, 404]) expect(statuses.get(status) ?? 0).toBeGreaterThan(20);
  expect(memory.end - memory.warm).toBeLessThan(MOST_GROWTH_BYTES);
  expect(await (await fetch(`${server.api}/health`)).json()).toEqual({ status: 'ok' });
});
