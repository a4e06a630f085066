import type { Clock, Timer } from '@rebatch/model';
import type { LaneRow, LetterRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Deliver, Delivery } from './deliver.ts';

/** Brings the outbox's letters to where they belong, beside everything else. */
export interface Courier {
  /** There may be something new. Returns at once. */
  wake(): void;
  /** Takes nothing new; what is under way is tried again in the next life. */
  close(): void;
  /** Since the start. */
  counts(): { arrived: number; failed: number; dead: number; underWay: number };
}

export interface CourierOptions {
  store: Store;
  clock: Clock;
  deliver: Deliver;
  /** Told when the outbox cannot be read or written; it is tried again. */
  failed?: (error: unknown) => void;
}

/** Letters under way at once, in all and to one destination: one that hangs does not hold up the others. */
const UNDER_WAY = 16;
const UNDER_WAY_TO_ONE = 4;
/** Destinations that one round looks at, so that a round stays short. */
const DESTINATIONS_A_ROUND = 100;
/** Tries until a letter is given up: with the pauses below, after some eight hours. */
export const MAX_TRIES = 18;
/** Milliseconds until the outbox is tried again when it could not be read or written. */
const BROKEN_MS = 1000;

/** Milliseconds to wait after so many tries in vain: 1 s, doubled each time, at most an hour. */
function backOff(tries: number): number {
  return Math.min(3_600_000, 1000 * 2 ** (tries - 1));
}

interface Ended {
  lane: LaneRow;
  letter: LetterRow;
  delivery: Delivery;
}

export function createCourier({ store, clock, deliver, failed }: CourierOptions): Courier {
  /** Destination of each lane that is under way, until its end is stored. */
  const underWay = new Map<number, string>();
  const counts = { arrived: 0, failed: 0, dead: 0 };
  let ended: Ended[] = [];
  let position = '';
  let closed = false;
  let timer: { handle: Timer; at: number } | undefined;

  const scheduleAt = (at: number): void => {
    if (closed || (timer !== undefined && timer.at <= at)) return;
    timer?.handle.cancel();
    timer = { at, handle: clock.after(Math.max(0, at - clock.now()), round) };
  };

  const round = (): void => {
    timer = undefined;
    if (closed) return;
    try {
      storeEnds();
      const wholeCircle = startDue();
      const next = wholeCircle ? store.nextLaneTime(clock.now()) : clock.now();
      if (next !== undefined) scheduleAt(next);
    } catch (error) {
      failed?.(error);
      scheduleAt(clock.now() + BROKEN_MS);
    }
  };

  /** One transaction for all that ended since the last round: its fsync is shared. */
  const storeEnds = (): void => {
    if (ended.length === 0) return;
    const batch = ended;
    const now = clock.now();
    store.transaction(() => {
      for (const { lane, letter, delivery } of batch) storeEnd(lane, letter, delivery, now);
    });
    ended = [];
    for (const { lane, delivery } of batch) {
      underWay.delete(lane.rowId);
      if (delivery.kind === 'arrived') counts.arrived++;
      else counts.failed++;
      if (isDead(lane, delivery)) counts.dead++;
    }
  };

  const storeEnd = (lane: LaneRow, letter: LetterRow, delivery: Delivery, now: number): void => {
    if (delivery.kind === 'arrived') store.finishLetter(lane, letter.id, now);
    else if (isDead(lane, delivery)) store.buryLetter(lane, letter, delivery.reason, now);
    else store.postponeLane(lane, now + backOff(lane.tries + 1));
  };

  /** Starts what is due and has room; false when there may be destinations that were not looked at. */
  const startDue = (): boolean => {
    const start = position;
    let turned = false;
    for (let n = 0; n < DESTINATIONS_A_ROUND; n++) {
      if (underWay.size >= UNDER_WAY) return true;
      const destination = store.nextDueDestination(position, clock.now());
      if (destination === undefined) {
        if (turned || start === '') {
          position = '';
          return true;
        }
        turned = true;
        position = '';
        continue;
      }
      if (turned && destination > start) return true;
      position = destination;
      startLanes(destination);
    }
    return false;
  };

  const startLanes = (destination: string): void => {
    let busy = 0;
    for (const other of underWay.values()) if (other === destination) busy++;
    const lanes = store.listDueLanes(destination, clock.now(), UNDER_WAY_TO_ONE + busy);
    for (const lane of lanes) {
      if (underWay.size >= UNDER_WAY || busy >= UNDER_WAY_TO_ONE) return;
      if (underWay.has(lane.rowId)) continue;
      const letter = store.firstLetter(lane.rowId);
      if (letter === undefined) continue;
      busy++;
      underWay.set(lane.rowId, destination);
      void send(lane, letter);
    }
  };

  const send = async (lane: LaneRow, letter: LetterRow): Promise<void> => {
    const delivery = await deliver(lane, letter);
    ended.push({ lane, letter, delivery });
    scheduleAt(clock.now());
  };

  return {
    wake: () => scheduleAt(clock.now()),
    close() {
      closed = true;
      timer?.handle.cancel();
    },
    counts: () => ({ ...counts, underWay: underWay.size }),
  };
}

function isDead(lane: LaneRow, delivery: Delivery): delivery is Delivery & { reason: string } {
  return delivery.kind === 'gone' || (delivery.kind === 'failed' && lane.tries + 1 >= MAX_TRIES);
}
