import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageAnswer, ImageJob } from './image-job.ts';
import { imageProgramFailed, imagesNotInstalled } from './image-problems.ts';

const PROGRAM = new URL('./program/image-program.ts', import.meta.url);

/** Small: pixels lie outside of it. */
const ARGUMENTS = ['--max-old-space-size=128'];

/** Fewer arenas and threads: less memory. Nothing of the server's own environment goes along. */
const ENVIRONMENT = { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' };

/** A running image program with a folder of its own, for one job at a time. */
export class ImageChild {
  readonly folder: string;
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  #waiting: PromiseWithResolvers<ImageAnswer | undefined> | undefined;
  #isGone = false;

  private constructor(folder: string) {
    this.folder = folder;
    this.#process = fork(PROGRAM, [folder], {
      execArgv: ARGUMENTS,
      env: ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#process.on('message', (answer: ImageAnswer) => {
      this.#isGone ||= answer.kind === 'given up';
      this.#settle(answer);
    });
    const gone = Promise.withResolvers<void>();
    const leave = (): void => {
      this.#isGone = true;
      this.#settle(undefined);
      gone.resolve();
    };
    this.#process.once('exit', leave);
    // It could not be started, or not be told something: it will do nothing more.
    this.#process.once('error', leave);
    // What cannot be taken away is left in the machine's folder for such things.
    this.#gone = gone.promise.then(() => rm(folder, { recursive: true, force: true })).catch(() => undefined);
  }

  /**
   * Starts the program and waits until it can work, or `late` ends that.
   * @throws ImageProblemError NotImplemented when it cannot on this machine; InternalError
   */
  static async start(late: AbortSignal): Promise<ImageChild> {
    const child = new ImageChild(await mkdtemp(join(tmpdir(), 'rebatch-images-')));
    late.addEventListener('abort', () => void child.end(), { once: true });
    const answer = await child.#nextAnswer();
    if (answer?.kind === 'ready') {
      child.#rest();
      return child;
    }
    await child.end();
    throw answer?.kind === 'unable' ? imagesNotInstalled(answer.why) : imageProgramFailed();
  }

  /** Whether it has ended, or is about to. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Does a job; nothing when the program ended before it had an answer. */
  async ask(job: ImageJob): Promise<ImageAnswer | undefined> {
    const answer = this.#nextAnswer();
    if (this.#isGone) {
      this.#settle(undefined);
    } else {
      this.#process.ref();
      this.#process.channel?.ref();
      this.#process.send(job);
    }
    const given = await answer;
    this.#rest();
    return given;
  }

  /** Ends the program, whatever it is doing, and takes its folder away. */
  async end(): Promise<void> {
    this.#isGone = true;
    // Whoever waits for the end is kept alive until it has come.
    this.#process.ref();
    this.#process.kill('SIGKILL');
    await this.#gone;
  }

  /** Idle, it does not keep the server alive. */
  #rest(): void {
    this.#process.unref();
    this.#process.channel?.unref();
  }

  #nextAnswer(): Promise<ImageAnswer | undefined> {
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }

  #settle(answer: ImageAnswer | undefined): void {
    this.#waiting?.resolve(answer);
    this.#waiting = undefined;
  }
}
