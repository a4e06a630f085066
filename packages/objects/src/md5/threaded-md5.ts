import { Worker } from 'node:worker_threads';
import type { Md5 } from './md5.ts';
import type { FromMd5Thread, ToMd5Thread } from './md5-messages.ts';

/** Pieces that may wait for the thread; more would only take memory. */
const MOST_WAITING = 2;

/** MD5 is what a large upload spends most of its time on (spec/oss.md §1.10): this lets the rest go on meanwhile. */
class Md5Thread {
  readonly #worker: Worker;
  /** Who waits for answers, by hash, first come first served. */
  readonly #waiting = new Map<number, PromiseWithResolvers<FromMd5Thread>[]>();
  #failure: unknown;
  #lastHash = 0;

  constructor() {
    this.#worker = new Worker(new URL('./md5-thread.ts', import.meta.url));
    this.#worker.on('message', (message: FromMd5Thread) =>
      this.#waiting.get(message.hash)?.shift()?.resolve(message),
    );
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`the MD5 thread ended with ${code}`)));
    // It does not keep the process alive; last, since listening for messages would.
    this.#worker.unref();
  }

  get isAlive(): boolean {
    return this.#failure === undefined;
  }

  begin(): Md5 {
    this.#lastHash += 1;
    const hash = this.#lastHash;
    const queue: PromiseWithResolvers<FromMd5Thread>[] = [];
    this.#waiting.set(hash, queue);
    return {
      update: async (chunks) => {
        // A copy, which is handed over: the caller's memory is written to the disk at the same time.
        const bytes = new Uint8Array(Buffer.concat(chunks));
        const answered = this.#ask({ kind: 'update', hash, bytes }, queue, [bytes.buffer]);
        if (queue.length >= MOST_WAITING) await queue[0]?.promise;
        else answered.catch(() => undefined);
      },
      digest: async () => {
        const { digest } = await this.#ask({ kind: 'digest', hash }, queue);
        this.#waiting.delete(hash);
        return Buffer.from(digest ?? []);
      },
      discard: () => {
        this.#waiting.delete(hash);
        if (this.isAlive) this.#post({ kind: 'discard', hash });
      },
    };
  }

  #ask(
    message: ToMd5Thread,
    queue: PromiseWithResolvers<FromMd5Thread>[],
    transfer: ArrayBuffer[] = [],
  ): Promise<FromMd5Thread> {
    const waiting = Promise.withResolvers<FromMd5Thread>();
    if (this.#failure !== undefined) {
      waiting.reject(this.#failure);
      return waiting.promise;
    }
    queue.push(waiting);
    this.#post(message, transfer);
    return waiting.promise;
  }

  #post(message: ToMd5Thread, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const queue of this.#waiting.values()) {
      for (const waiting of queue.splice(0)) waiting.reject(error);
    }
  }
}

let thread: Md5Thread | undefined;

/** An MD5 on a thread that all large bodies of this process share; the thread starts with the first of them. */
export function threadedMd5(): Md5 {
  if (thread?.isAlive !== true) thread = new Md5Thread();
  return thread.begin();
}
