import type { Clock } from '@rebatch/model';
import type { Store } from '../store/store.ts';
import { createCourier } from './courier.ts';
import { createRecorder } from './create-recorder.ts';
import { httpDelivery } from './deliver.ts';
import { createEventStreams, type EventStreams } from './event-streams.ts';
import type { Recorder } from './occurrence.ts';
import { createPoster } from './post.ts';

/** Everything that tells what happened: the log, the outbox and the streams. */
export interface Events {
  recorder: Recorder;
  streams: EventStreams;
  /** Begins to deliver, what an earlier life left, too. */
  start(): void;
  /** There may be something new in the outbox. */
  deliverSoon(): void;
  /** Letters since the start, and those that wait or were given up. */
  counts(): { arrived: number; failed: number; waiting: number; dead: number; streams: number };
  close(): void;
}

export function openEvents({
  store,
  clock,
  failed,
}: {
  store: Store;
  clock: Clock;
  failed: (error: unknown) => void;
}): Events {
  const poster = createPoster();
  const courier = createCourier({ store, clock, failed, deliver: httpDelivery({ store, clock, poster }) });
  const streams = createEventStreams({ store, clock });
  const recorder = createRecorder({
    store,
    clock,
    wake() {
      courier.wake();
      streams.wake();
    },
  });
  return {
    recorder,
    streams,
    start: () => courier.wake(),
    deliverSoon: () => courier.wake(),
    counts() {
      const { arrived, failed: failures } = courier.counts();
      return { arrived, failed: failures, ...store.countLetters(), streams: streams.size };
    },
    close() {
      courier.close();
      streams.close();
      poster.close();
    },
  };
}
