import { manualClock } from '@rebatch/model';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore, type Store } from '../store/store.ts';
import { temporaryPath } from '../store/test-support/temporary-store.ts';
import { createCourier, MAX_TRIES } from './courier.ts';
import type { Delivery } from './deliver.ts';

/** One letter to write, or a moment at which the server is killed and starts again. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('write' as const), to: fc.nat(3), about: fc.nat(4) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(5000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const) }) },
);

/** Lets every promise go on that can. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('whatever fails and whenever the server is killed, every letter arrives, in order for each job and receiver', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.infiniteStream(fc.boolean()),
      async (steps, luck) => {
        const path = temporaryPath();
        const clock = manualClock();
        const arrivals = new Map<string, number[]>();
        let life = open(path);

        function open(file: string) {
          const store: Store = openStore(file);
          let killed = false;
          const courier = createCourier({
            store,
            clock,
            async deliver(lane, letter): Promise<Delivery> {
              await settle();
              if (luck.next().value === false) return { kind: 'failed', reason: 'status 500' };
              const key = `${lane.destination} ${lane.subject}`;
              arrivals.set(key, [...(arrivals.get(key) ?? []), letter.eventId]);
              // Arrived, but the answer got lost: it will come again.
              return luck.next().value ? { kind: 'arrived' } : { kind: 'failed', reason: 'ECONNRESET' };
            },
            failed: (error) => {
              if (!killed) throw error;
            },
          });
          courier.wake();
          return {
            store,
            courier,
            kill() {
              killed = true;
              courier.close();
              store.close();
            },
          };
        }

        const written = new Map<string, number[]>();
        let next = 0;
        for (const one of steps) {
          if (one.kind === 'write') {
            const [destination, subject] = [`to ${one.to}`, `job-${one.about}`];
            const eventId = ++next;
            const letter = { eventId, owner: '1', name: 'OnJobRunning', body: '{}', createdAt: clock.now() };
            life.store.enqueueLetter(letter, { destination, subject, at: clock.now() });
            const key = `${destination} ${subject}`;
            written.set(key, [...(written.get(key) ?? []), eventId]);
            life.courier.wake();
          } else if (one.kind === 'pass') {
            clock.advance(one.ms);
            await settle();
          } else {
            life.kill();
            life = open(path);
          }
        }
        // Fate may bury a letter after many tries; then it is among the dead ones, not lost.
        for (let n = 0; n < 5000 && life.store.countLetters().waiting > 0; n++) {
          clock.advance(3_600_000);
          await settle();
          await settle();
        }
        expect(life.store.countLetters().waiting).toBe(0);
        const dead = life.store.listDeadLetters({ owner: '1', after: 0, limit: 1000 });
        for (const [key, ids] of written) {
          const buried = new Set(dead.map(({ eventId }) => eventId));
          const seen = [...new Set(arrivals.get(key))];
          expect(seen.filter((id) => !buried.has(id))).toEqual(ids.filter((id) => !buried.has(id)));
        }
        life.kill();
      },
    ),
    { numRuns: 25 },
  );
});

test('a letter that never arrives is given up, kept with the reason, and can be sent again', async () => {
  const clock = manualClock();
  const store = openStore(':memory:');
  let answer: Delivery = { kind: 'failed', reason: 'status 503' };
  let tries = 0;
  const courier = createCourier({
    store,
    clock,
    async deliver() {
      tries++;
      return answer;
    },
  });
  const letter = { eventId: 7, owner: '1', name: 'OnJobFailed', body: '{"a":1}', createdAt: clock.now() };
  store.enqueueLetter(letter, { destination: 'there', subject: 'job-1', at: clock.now() });
  courier.wake();
  while (clock.runNext()) await settle();
  expect(tries).toBe(MAX_TRIES);
  const [dead] = store.listDeadLetters({ owner: '1', after: 0, limit: 10 });
  expect(dead).toMatchObject({ eventId: 7, reason: 'status 503', tries: MAX_TRIES, body: '{"a":1}' });
  expect(courier.counts()).toEqual({ arrived: 0, failed: MAX_TRIES, dead: 1, underWay: 0 });

  answer = { kind: 'arrived' };
  expect(store.reviveLetter('2', dead?.id ?? 0, clock.now())).toBe(false);
  expect(store.reviveLetter('1', dead?.id ?? 0, clock.now())).toBe(true);
  courier.wake();
  while (clock.runNext()) await settle();
  expect(store.countLetters()).toEqual({ waiting: 0, dead: 0 });
  expect(courier.counts().arrived).toBe(1);
  store.close();
});

test('a receiver that hangs does not hold up another one', async () => {
  const clock = manualClock();
  const store = openStore(':memory:');
  const arrived: string[] = [];
  const courier = createCourier({
    store,
    clock,
    deliver: async ({ destination, subject }) => {
      if (destination === 'hangs') return new Promise(() => {});
      arrived.push(subject);
      return { kind: 'arrived' };
    },
  });
  const send = (destination: string, subject: string): void =>
    store.enqueueLetter(
      { eventId: 1, owner: '1', name: 'OnJobRunning', body: '{}', createdAt: 0 },
      { destination, subject, at: clock.now() },
    );
  for (let n = 0; n < 50; n++) send('hangs', `job-${n}`);
  for (let n = 0; n < 50; n++) send('well', `job-${n}`);
  courier.wake();
  while (clock.runNext()) await settle();
  expect(arrived).toHaveLength(50);
  expect(courier.counts().underWay).toBe(4);
  expect(store.countLetters().waiting).toBe(50);
  store.close();
});

test('an outbox that cannot be written is tried again, and what has arrived meanwhile is not sent twice', async () => {
  const clock = manualClock();
  const store = openStore(':memory:');
  let full = true;
  const failures: unknown[] = [];
  let sent = 0;
  const courier = createCourier({
    store: {
      ...store,
      transaction(body) {
        if (full) throw new Error('database or disk is full');
        return store.transaction(body);
      },
    },
    clock,
    deliver: async () => {
      sent++;
      return { kind: 'arrived' };
    },
    failed: (error) => failures.push(error),
  });
  const letter = { eventId: 1, owner: '1', name: 'OnJobFinished', body: '{}', createdAt: 0 };
  store.enqueueLetter(letter, { destination: 'there', subject: 'job-1', at: clock.now() });
  courier.wake();
  for (let n = 0; n < 5; n++) {
    clock.advance(1000);
    await settle();
  }
  expect(failures.length).toBeGreaterThan(1);
  expect(store.countLetters().waiting).toBe(1);
  full = false;
  clock.advance(1000);
  expect(store.countLetters()).toEqual({ waiting: 0, dead: 0 });
  expect(sent).toBe(1);
  store.close();
});
