import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshInstance } from '../store/fresh-instance.ts';
import type { JobState, TaskState } from './job-state.ts';
import { ReadyQueue } from './ready-queue.ts';
import { newJobState } from './test-support/job-state.ts';

interface Shape {
  owner: string;
  priority: number;
  instances: number;
  limits: string[];
}

const shape: fc.Arbitrary<Shape> = fc.record({
  owner: fc.constantFrom('1', '2', '3'),
  priority: fc.constantFrom(0, 5, 1000),
  instances: fc.integer({ min: 1, max: 5 }),
  limits: fc.subarray(['maya', 'nuke']),
});

const LIMITS: Readonly<Record<string, number>> = { maya: 2, nuke: 1 };
const MAX_OF_OWNER = 3;

/** A queue over jobs of one task each, and the attempts that it has handed out. */
class Farm {
  readonly queue = new ReadyQueue();
  readonly jobs: { job: JobState; task: TaskState }[];
  readonly flying: { job: JobState; task: TaskState; number: number }[] = [];
  readonly handedOut: string[] = [];

  constructor(shapes: readonly Shape[]) {
    this.jobs = shapes.map(({ owner, priority, instances, limits }, index) => {
      const job = newJobState({
        tasks: [{ name: 'a', instances, order: index % 2 === 0 ? 'number' : 'preview-first' }],
      });
      const task = job.tasks.get('a')!;
      Object.assign(job, { seq: index + 1, owner, priority });
      Object.assign(task, { rowId: index + 1, limits });
      this.queue.add(job, task);
      return { job, task };
    });
  }

  load = (owner: string): number => this.flying.filter(({ job }) => job.owner === owner).length;
  uses = (limit: string): number => this.flying.filter(({ task }) => task.limits.includes(limit)).length;
  refusal = (job: JobState, task: TaskState): string | undefined => {
    if (this.load(job.owner) >= MAX_OF_OWNER) return 'quota';
    return task.limits.find((name) => this.uses(name) >= (LIMITS[name] ?? 0));
  };

  /** Jobs that may have another attempt now. */
  able = (): { job: JobState; task: TaskState }[] =>
    this.jobs.filter(
      ({ job, task }) => task.cursor < task.instanceCount && this.refusal(job, task) === undefined,
    );

  next(): { job: JobState; task: TaskState; number: number } | undefined {
    const next = this.queue.next(this);
    if (next === undefined) return undefined;
    next.task.cursor++;
    next.task.instances.set(next.number, { ...freshInstance(next.number, 'Running'), phase: 'Dispatched' });
    this.flying.push(next);
    this.handedOut.push(`${next.job.seq}.${next.number}`);
    return next;
  }

  /** An attempt ends; a new round begins, as it does in the engine's next turn. */
  land(pick: number): void {
    this.queue.begin();
    const [done] = this.flying.splice(pick % this.flying.length, 1);
    done?.task.instances.delete(done.number);
  }
}

test('the owner with the fewest attempts comes next, then priority, then age, among what no limit holds back', () => {
  fc.assert(
    fc.property(fc.array(shape, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 60 }), (shapes, picks) => {
      const farm = new Farm(shapes);
      for (const pick of picks) {
        if (pick % 3 === 0) farm.land(pick);
        const able = farm.able();
        const loads = new Map(able.map(({ job }) => [job.owner, farm.load(job.owner)]));
        const next = farm.next();
        expect(next !== undefined).toBe(able.length > 0);
        if (next === undefined) continue;
        expect(loads.get(next.job.owner)).toBe(Math.min(...loads.values()));
        const [best] = able
          .filter(({ job }) => job.owner === next.job.owner)
          .toSorted((a, b) => b.job.priority - a.job.priority || a.job.seq - b.job.seq);
        expect(next.job.seq).toBe(best?.job.seq);
      }
    }),
  );
});

test('everything is handed out once, no limit is ever passed, and nobody starves', () => {
  fc.assert(
    fc.property(fc.array(shape, { minLength: 1, maxLength: 8 }), (shapes) => {
      const farm = new Farm(shapes);
      const all = farm.jobs.reduce((sum, { task }) => sum + task.instanceCount, 0);
      for (let round = 0; round < 2 * all; round++) {
        while (farm.next() !== undefined) {
          for (const [name, amount] of Object.entries(LIMITS))
            expect(farm.uses(name)).toBeLessThanOrEqual(amount);
          for (const { job } of farm.flying) expect(farm.load(job.owner)).toBeLessThanOrEqual(MAX_OF_OWNER);
        }
        farm.land(0);
      }
      expect(farm.handedOut).toHaveLength(all);
      expect(new Set(farm.handedOut).size).toBe(all);
    }),
  );
});

test('jobs ahead are those that are served before, as long as nothing new comes', () => {
  fc.assert(
    fc.property(fc.array(shape, { minLength: 1, maxLength: 8 }), fc.nat(), (shapes, pick) => {
      const plain = shapes.map((one) => ({ ...one, instances: 1, limits: [] }));
      const farm = new Farm(plain);
      const { job, task } = farm.jobs[pick % farm.jobs.length]!;
      const idle = { load: () => 0, refusal: () => undefined };
      const ahead = farm.queue.jobsAhead(job, task, idle);
      let served = 0;
      for (
        let next = farm.queue.next(idle);
        next !== undefined && next.job !== job;
        next = farm.queue.next(idle)
      ) {
        next.task.cursor++;
        served++;
      }
      // Owners take turns; who of them begins is settled by who was served last, so one turn of each is open.
      expect(Math.abs(served - ahead)).toBeLessThanOrEqual(2);
    }),
  );
});

test('thousands of tasks behind one limit are asked about once a round, not for every attempt that passes them', () => {
  const held = Array.from({ length: 2000 }, () => ({
    owner: '1',
    priority: 9,
    instances: 1,
    limits: ['maya'],
  }));
  const farm = new Farm([...held, { owner: '1', priority: 0, instances: 1000, limits: [] }]);
  let asked = 0;
  const gate = {
    load: () => 0,
    refusal: (_job: JobState, task: TaskState) => {
      asked++;
      return task.limits.length > 0 ? 'limit' : undefined;
    },
  };
  farm.queue.begin();
  for (let n = 0; n < 1000; n++) {
    const next = farm.queue.next(gate);
    if (next !== undefined) next.task.cursor++;
    expect(next?.task.limits).toEqual([]);
  }
  expect(asked).toBe(3000);
  farm.queue.begin();
  expect(farm.queue.next({ ...gate, refusal: () => undefined })?.task.limits).toEqual(['maya']);
});
