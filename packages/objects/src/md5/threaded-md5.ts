import { Worker } from 'node:worker_threads';
import type { FromMd5Thread, ToMd5Thread } from './md5-messages.ts';

/** The MD5 of bytes that lie, piece after piece, in shared memory. Either `digest` or `discard` ends it. */
export interface ThreadedMd5 {
  /** Takes the next `length` bytes in, from `start` on; resolves when that memory may be used again. */
  update(start: number, length: number): Promise<void>;
  /** 16 bytes. */
  digest(): Promise<Buffer>;
  discard(): void;
}

/** MD5 is what a large upload spends most of its time on (spec/oss.md §1.10): this lets the rest go on meanwhile. */
class Md5Thread {
  readonly #worker: Worker;
  /** Who waits for answers, first come first served. */
  #waiting: PromiseWithResolvers<FromMd5Thread>[] = [];
  #failure: unknown;
  #lastBody = 0;

  constructor() {
    this.#worker = new Worker(new URL('./md5-thread.ts', import.meta.url));
    this.#worker.on('message', (message: FromMd5Thread) => {
      this.#waiting.shift()?.resolve(message);
      // Idle, it does not keep the process alive.
      if (this.#waiting.length === 0) this.#worker.unref();
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`the MD5 thread ended with ${code}`)));
    this.#worker.unref();
  }

  get isAlive(): boolean {
    return this.#failure === undefined;
  }

  begin(memory: SharedArrayBuffer): ThreadedMd5 {
    this.#lastBody += 1;
    const body = this.#lastBody;
    this.#post({ kind: 'begin', body, memory });
    return {
      update: async (start, length) => {
        await this.#ask({ kind: 'update', body, start, length });
      },
      digest: async () => Buffer.from((await this.#ask({ kind: 'digest', body })) ?? []),
      discard: () => this.#post({ kind: 'discard', body }),
    };
  }

  #ask(message: ToMd5Thread): Promise<FromMd5Thread> {
    const waiting = Promise.withResolvers<FromMd5Thread>();
    if (this.#failure !== undefined) {
      waiting.reject(this.#failure);
      return waiting.promise;
    }
    this.#worker.ref();
    this.#waiting.push(waiting);
    this.#post(message);
    return waiting.promise;
  }

  #post(message: ToMd5Thread): void {
    this.#worker.postMessage(message, []);
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}

/** Started by the first large body; made anew should it ever fail. */
let thread: Md5Thread | undefined;

/** Starts an MD5 of no bytes, on a thread that all bodies of the process share. */
export function threadedMd5(memory: SharedArrayBuffer): ThreadedMd5 {
  if (thread?.isAlive !== true) thread = new Md5Thread();
  return thread.begin(memory);
}
