import { type FSWatcher, watch } from 'node:fs';
import type { Clock, Timer } from '@rebatch/model';
import { waitOut } from '../wait-out.ts';
import type { LogStream } from './log-stream.ts';

/** Least time between two appends of a busy stream: what comes meanwhile is sent together. */
const GATHER_MS = 25;
/** Looked at without a hint from the file system: inotify may be out of watches. */
const POLL_MS = 1000;
/** How long the end of a log waits for a store that is away. */
const PATIENCE_MS = 60_000;

/** Keeps log objects up to date while a program runs. */
export interface LogPump {
  /**
   * Appends the rest, waiting a minute for a store that is away.
   * @throws what the store throws; what the signal was aborted with
   */
  finish(signal: AbortSignal): Promise<void>;
}

/**
 * Watches `folder` for new bytes of `streams`, which are named after their files. The first bytes go out at once, later
 * ones at most every 25 ms, or slower when the store is slow.
 */
export function startLogPump(folder: string, streams: Map<string, LogStream>, clock: Clock): LogPump {
  const feeds = new Map(Array.from(streams, ([name, stream]) => [name, new Feed(stream, clock)]));
  const watcher = watchFolder(folder, (name) => feeds.get(name)?.wake());
  let poll: Timer | undefined;
  const pollAgain = (): void => {
    for (const feed of feeds.values()) feed.wake();
    poll = clock.after(POLL_MS, pollAgain);
  };
  pollAgain();
  return {
    async finish(signal) {
      poll?.cancel();
      watcher?.close();
      const results = await Promise.allSettled(Array.from(feeds.values(), (feed) => feed.finish(signal)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}

function watchFolder(folder: string, changed: (name: string) => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => changed(name ?? ''));
    // The poll goes on without it.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

/** Runs one stream's appends one after another. */
class Feed {
  readonly #stream: LogStream;
  readonly #clock: Clock;
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  #woken = false;
  #finishing = false;

  constructor(stream: LogStream, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
  }

  wake(): void {
    if (this.#finishing) return;
    if (this.#busy) {
      this.#woken = true;
      return;
    }
    this.#busy = true;
    this.#woken = false;
    const begun = this.#clock.now();
    // A store that fails now may work at the next poll; `finish` reports what stays undone.
    this.#running = this.#stream.drain().catch(() => undefined);
    void this.#running.then(() => {
      const rest = Math.max(GATHER_MS, 2 * (this.#clock.now() - begun));
      this.#clock.after(rest, () => {
        this.#busy = false;
        if (this.#woken) this.wake();
      });
    });
  }

  async finish(signal: AbortSignal): Promise<void> {
    this.#finishing = true;
    await this.#running;
    try {
      await waitOut(() => this.#stream.drain(), { clock: this.#clock, forMs: PATIENCE_MS, signal });
    } finally {
      await this.#stream.close();
    }
  }
}
