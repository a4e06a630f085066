import { lstat } from 'node:fs/promises';
import type { Clock, Timer } from '@rebatch/model';
import type { PlannedUpload } from '../layout/plan-layout.ts';
import type { Region } from '../layout/regions.ts';
import { collectRunning, type Upload } from './collect-uploads.ts';
import { FileChanged } from './file-changed.ts';
import { fileState } from './file-state.ts';
import { SettledFiles } from './settled-files.ts';
import type { Uploader } from './uploader.ts';

/** Between two looks; more when a look takes long. */
const LOOK_MS = 500;
/** Looking may take this part of the time. */
const SHARE = 1 / 10;
/** Looks that must find a file unchanged: where it is known which files are open for writing, and where not. */
const ENOUGH_LOOKS = 2;
const ENOUGH_BLIND_LOOKS = 10;
const PARALLEL_UPLOADS = 4;

export interface EarlyOutputsOptions {
  outputs: readonly PlannedUpload[];
  regions: readonly Region[];
  uploader: Uploader;
  clock: Clock;
  /** Ends what is under way. */
  signal: AbortSignal;
  /** Files (as in FileState) that the program has open for writing; undefined when that cannot be known. */
  beingWritten: () => Promise<ReadonlySet<string> | undefined>;
}

/**
 * Uploads outputs while the program runs, each as soon as it is finished: unchanged for a while and not open for writing.
 * That is a guess in the end, so the last word is with the upload at the end, which sends again what changed later. Each
 * file is sent early at most once. Empty files wait for the end: programs make them as place holders.
 */
export class EarlyOutputs {
  readonly #options: EarlyOutputsOptions;
  readonly #settled = new SettledFiles();
  /** Paths that are up, on their way, or left to the end. */
  readonly #taken = new Set<string>();
  readonly #queue: Upload[] = [];
  readonly #active = new Set<Promise<void>>();
  #timer: Timer | undefined;
  #looking: Promise<void> = Promise.resolve();
  #over = false;

  constructor(options: EarlyOutputsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lookAgain(LOOK_MS);
  }

  /** Looks no more, and resolves when what is on its way has arrived or failed. */
  async finish(): Promise<void> {
    this.#over = true;
    this.#timer?.cancel();
    await this.#looking;
    this.#queue.length = 0;
    await Promise.all(this.#active);
  }

  #lookAgain(ms: number): void {
    this.#timer = this.#options.clock.after(ms, () => {
      const begun = this.#options.clock.now();
      // What a look cannot find out shows at the next, or at the end.
      this.#looking = this.#look().catch(() => undefined);
      void this.#looking.then(() => {
        const took = this.#options.clock.now() - begun;
        if (!this.#over) this.#lookAgain(Math.max(LOOK_MS, took / SHARE));
      });
    });
  }

  async #look(): Promise<void> {
    const { outputs, regions, beingWritten } = this.#options;
    const uploads = new Map<string, Upload>();
    for (const planned of outputs) {
      for (const upload of await collectRunning(planned, regions)) uploads.set(String(upload.host), upload);
    }
    const waiting = [...uploads.keys()].filter((path) => !this.#taken.has(path));
    if (waiting.length === 0) return;
    const written = await beingWritten();
    const seen = [];
    for (const path of waiting) {
      const stats = await lstat(uploads.get(path)?.host ?? path, { bigint: true }).catch(() => undefined);
      if (stats?.isFile() === true && stats.size > 0n) seen.push({ path, state: fileState(stats, false) });
    }
    const enough = written === undefined ? ENOUGH_BLIND_LOOKS : ENOUGH_LOOKS;
    for (const { path, state } of this.#settled.look(seen, enough)) {
      const upload = uploads.get(path);
      if (upload === undefined || written?.has(state.file) === true) continue;
      this.#taken.add(path);
      this.#queue.push(upload);
    }
    this.#work();
  }

  #work(): void {
    while (this.#active.size < PARALLEL_UPLOADS && !this.#over) {
      const upload = this.#queue.shift();
      if (upload === undefined) return;
      const work = this.#upload(upload).finally(() => {
        this.#active.delete(work);
        this.#work();
      });
      this.#active.add(work);
    }
  }

  /** Never fails: what cannot be stored now is met again at the end, which says so. */
  async #upload(upload: Upload): Promise<void> {
    try {
      await this.#options.uploader.upload(upload, this.#options.signal);
    } catch (error) {
      if (error instanceof FileChanged) this.#taken.delete(String(upload.host));
    }
  }
}
