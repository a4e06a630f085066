import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClaimingSource, type ClaimPlan } from './claiming-source.ts';
import type { Claimant } from './claims.ts';

/** How a try of an instance goes: it dies after some frames, and what it has rendered is then at home or not. */
interface Death {
  readonly after: number;
  readonly bringsHome: boolean;
}

/** A farm in memory on which instances interleave as the scheduler of the test likes. */
class Farm {
  readonly frames: number[];
  readonly rendered: number[] = [];
  readonly #claims = new Map<number, { owner: Claimant; since: number }>();
  readonly #stored = new Map<number, number>();
  readonly #of: number;
  readonly #scheduler: fc.Scheduler;
  #time = 0;

  constructor(count: number, of: number, scheduler: fc.Scheduler) {
    this.frames = Array.from({ length: count }, (_, index) => index + 1);
    this.#of = of;
    this.#scheduler = scheduler;
  }

  get stored(): number[] {
    return [...this.#stored.keys()].toSorted((a, b) => a - b);
  }

  /** An instance until it ends well: its deaths, one after the other, and a last try. */
  async run(instance: number, deaths: readonly Death[], timeoutSeconds: number): Promise<void> {
    for (const [attempt, death] of deaths.entries())
      await this.#attempt({ instance, attempt }, timeoutSeconds, death);
    await this.#attempt({ instance, attempt: deaths.length }, timeoutSeconds);
  }

  async #attempt(self: Claimant, timeoutSeconds: number, death?: Death): Promise<void> {
    const begun = this.#time;
    const source = new ClaimingSource(this.#plan(self, timeoutSeconds, () => this.#time - begun));
    const own: number[] = [];
    const bringHome = (): void => own.forEach((frame) => this.#stored.set(frame, this.#time));
    for (let last = { rendered: 0, failed: 0 }; ; ) {
      const chunk = await source.next(last);
      if (chunk.length === 0) break;
      for (const frame of chunk) {
        if (own.length === death?.after) {
          if (death.bringsHome) bringHome();
          return;
        }
        await this.#step();
        // Who comes late is slow, too: that is when time is short.
        this.#time += death === undefined ? 3000 : 500;
        this.rendered.push(frame);
        own.push(frame);
      }
      last = { rendered: chunk.length, failed: 0 };
    }
    bringHome();
  }

  #plan(self: Claimant, timeoutSeconds: number, now: () => number): ClaimPlan {
    const { frames } = this;
    return {
      ...self,
      frames,
      of: this.#of,
      targetSeconds: 3,
      timeoutSeconds,
      now,
      say: () => undefined,
      isStored: async (frame, since) => (this.#stored.get(frame) ?? -1) >= since,
      claims: {
        take: async (frame) => {
          await this.#step();
          if (this.#claims.has(frame)) return false;
          this.#claims.set(frame, { owner: self, since: this.#time });
          return true;
        },
        taken: async () => {
          await this.#step();
          return new Map([...this.#claims].map(([frame, { since }]) => [frame, since]));
        },
        claimant: async (frame) => this.#claims.get(frame)?.owner,
        takeOver: async (frame) => {
          await this.#step();
          this.#claims.set(frame, { owner: self, since: this.#time });
        },
      },
    };
  }

  async #step(): Promise<void> {
    await this.#scheduler.schedule(Promise.resolve());
  }
}

const deaths = fc.array(fc.record({ after: fc.nat(6), bringsHome: fc.boolean() }), { maxLength: 3 });
const timeouts = fc.constantFrom(Number.POSITIVE_INFINITY, 4, 12);

test('whoever dies when, in the end every frame is at home', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 24 }),
      fc.array(deaths, { minLength: 1, maxLength: 5 }),
      timeouts,
      async (scheduler, count, instances, timeout) => {
        const farm = new Farm(count, instances.length, scheduler);
        await scheduler.waitFor(
          Promise.all(instances.map(async (own, instance) => farm.run(instance, own, timeout))),
        );
        expect(farm.stored).toEqual(farm.frames);
      },
    ),
    { numRuns: 2000 },
  );
});

test('when nobody dies, every frame is rendered once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 6 }),
      timeouts,
      async (scheduler, count, of, timeout) => {
        const farm = new Farm(count, of, scheduler);
        const instances = Array.from({ length: of }, async (_, instance) => farm.run(instance, [], timeout));
        await scheduler.waitFor(Promise.all(instances));
        expect(farm.rendered.toSorted((a, b) => a - b)).toEqual(farm.frames);
      },
    ),
  );
});
