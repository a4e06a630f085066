import { jobIdSource, type ManualClock, manualClock } from '@rebatch/model';
import { attemptSpecs } from '../../control/attempt-spec.ts';
import type { Control } from '../../control/control.ts';
import { nodeSpecs } from '../../control/clusters/node-spec.ts';
import { createControl } from '../../control/create-control.ts';
import { storedImages } from '../../control/image-names.ts';
import { createRecorder } from '../../events/create-recorder.ts';
import type { Happening } from '../../events/happening.ts';
import type { Executor } from '../../executor/executor.ts';
import { parseSimulation } from '../../executor/simulated/parse-simulation.ts';
import { simulatedExecutor } from '../../executor/simulated/simulated-executor.ts';
import { openStore, type Store } from '../../store/store.ts';
import { openScheduler } from '../open-scheduler.ts';
import type { Retention } from '../retention.ts';
import type { Scheduler } from '../scheduler.ts';

export interface FarmOptions {
  /** The store's file; memory when absent. */
  path?: string;
  clock?: ManualClock;
  slots?: number;
  /** As REBATCH_SIMULATE. In memory the same jobs have the same fate every time. */
  simulate?: string;
  retention?: Retention;
  /** In place of the simulated executor. */
  executor?: Executor;
  /** Called when a transaction is durable, before anybody hears of it: the place for a slow disk. */
  written?: () => void;
}

/** A server without its HTTP: store, scheduler, executor and control over a clock that moves only when told to. */
export interface Farm {
  clock: ManualClock;
  store: Store;
  scheduler: Scheduler;
  control: Control;
  happenings: Happening[];
  /** Why turns could not be stored. */
  failures: unknown[];
  /** Lets time pass until nothing is left to do, or until `done`. */
  run: (done?: () => Promise<boolean>) => Promise<void>;
  close(): Promise<void>;
  /** Ends as SIGKILL does: nothing is stored that was not stored before. */
  crash(): void;
}

export async function openFarm(options: FarmOptions = {}): Promise<Farm> {
  const clock = options.clock ?? manualClock();
  const opened = openStore(options.path ?? ':memory:');
  const store: Store = {
    ...opened,
    transaction(body) {
      const result = opened.transaction(body);
      options.written?.();
      return result;
    },
  };
  const simulation = parseSimulation(options.simulate ?? '');
  const executor = options.executor ?? simulatedExecutor({ clock, slots: options.slots ?? 4, simulation });
  const images = storedImages(store);
  const happenings: Happening[] = [];
  const failures: unknown[] = [];
  let crashed = false;
  const scheduler = openScheduler({
    store,
    executor,
    clock,
    specOf: attemptSpecs({ region: 'local', images, strictSizes: false }),
    nodeSpecOf: nodeSpecs({ region: 'local', images, strictSizes: false }),
    publish: (happening) => happenings.push(happening),
    failed: (error) => failures.push(error),
    ...(options.retention === undefined ? {} : { retention: options.retention }),
    recorder: createRecorder({ store, clock, wake: () => {} }),
    defer: (turn) =>
      void setImmediate(() => {
        if (!crashed) turn();
      }),
  });
  // Fates are drawn from the ids of jobs: the same ones every time. Only lives over one file need chance, to never meet.
  const newJobId = jobIdSource(clock, options.path === undefined ? () => 0 : undefined);
  const control = createControl({ store, scheduler, clock, images, newJobId });
  await scheduler.start();
  return {
    clock,
    store,
    scheduler,
    control,
    happenings,
    failures,
    async run(done = async () => false) {
      for (;;) {
        await scheduler.settled();
        if ((await done()) || !clock.runNext()) return;
      }
    },
    async close() {
      await scheduler.close();
      store.close();
    },
    crash() {
      crashed = true;
      store.close();
    },
  };
}
