import { join } from 'node:path';
import { STREAM_OUTPUTS_VARIABLE } from '@rebatch/model';
import type { AttemptSpec } from './attempt.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import type { PlannedUpload } from './layout/plan-layout.ts';
import { formatOssUrl } from './oss-url.ts';
import type { PreparedAttempt } from './prepare-attempt.ts';
import { collectUploads, type Upload } from './upload/collect-uploads.ts';
import { EarlyOutputs } from './upload/early-outputs.ts';
import { fetchFromSandbox } from './upload/fetch-from-sandbox.ts';
import { filesBeingWritten } from './upload/files-being-written.ts';
import { uploadFiles } from './upload/upload-files.ts';
import { UploadLedger } from './upload/upload-ledger.ts';
import { uploadRoots } from './upload/upload-roots.ts';
import { Uploader } from './upload/uploader.ts';

/** Brings what an attempt's program leaves to the object store. */
export class Results {
  readonly #spec: AttemptSpec;
  readonly #folder: AttemptFolder;
  readonly #prepared: PreparedAttempt;
  readonly #deps: AttemptDeps;
  readonly #ledger: UploadLedger;
  readonly #uploader: Uploader;

  private constructor(
    spec: AttemptSpec,
    folder: AttemptFolder,
    prepared: PreparedAttempt,
    deps: AttemptDeps,
    ledger: UploadLedger,
    roots: readonly string[],
  ) {
    this.#spec = spec;
    this.#folder = folder;
    this.#prepared = prepared;
    this.#deps = deps;
    this.#ledger = ledger;
    this.#uploader = new Uploader({ objects: deps.objects, clock: deps.clock, ledger, roots });
  }

  /** Goes on behind what an earlier process uploaded. */
  static async open(
    spec: AttemptSpec,
    folder: AttemptFolder,
    prepared: PreparedAttempt,
    deps: AttemptDeps,
  ): Promise<Results> {
    const ledger = await UploadLedger.read(folder.uploadsFile);
    const roots = await uploadRoots(folder, prepared.regions);
    return new Results(spec, folder, prepared, deps, ledger, roots);
  }

  /** Runs the program, and uploads its outputs meanwhile if the job wants that. `signal`: ends uploads. */
  async during<T>(program: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#spec.env[STREAM_OUTPUTS_VARIABLE] !== 'true') return program();
    const early = new EarlyOutputs({
      outputs: this.#prepared.layout.outputs,
      regions: this.#prepared.regions,
      uploader: this.#uploader,
      clock: this.#deps.clock,
      signal,
      beingWritten: () => filesBeingWritten(this.#folder.logs),
    });
    early.start();
    try {
      return await program();
    } finally {
      await early.finish();
    }
  }

  /** Of the ended program. @throws FileFailure naming the first object that could not be stored */
  storeOutputs(signal: AbortSignal): Promise<void> {
    return this.#store(this.#prepared.layout.outputs, 'output', signal);
  }

  /** Those of LogMapping. @throws FileFailure */
  storeLogs(signal: AbortSignal): Promise<void> {
    return this.#store(this.#prepared.layout.logs, 'log', signal);
  }

  close(): Promise<void> {
    return this.#ledger.close();
  }

  async #store(
    planned: readonly PlannedUpload[],
    kind: 'output' | 'log',
    signal: AbortSignal,
  ): Promise<void> {
    const { sandboxes, clock } = this.#deps;
    // Two mappings may name the same file and object, as clients that map both ways do.
    const uploads = new Map<string, Upload>();
    for (const [index, upload] of planned.entries()) {
      const found = await collectUploads(
        upload,
        this.#prepared.regions,
        (path, into) => fetchFromSandbox(sandboxes, this.#spec.id, path, into),
        join(this.#folder.fetched, `${kind}-${index}`),
      );
      for (const file of found) uploads.set(`${formatOssUrl(file.to)}\0${String(file.host)}`, file);
    }
    await uploadFiles([...uploads.values()], this.#uploader, clock, signal);
  }
}
