import { join } from 'node:path';
import { canonical, type FrameList } from '@rebatch/frames';
import type { ProgressLine } from '../progress-lines.ts';
import type { OutputFolder } from '../render/output-folder.ts';
import type { Outcome } from '../share/frame-source.ts';
import type { Instance } from '../share/instance.ts';
import type { ChunkRender } from '../share/run-share.ts';
import { LONGEST_LIST } from '../share/share-progress.ts';
import { commandVariables } from './command-variables.ts';
import type { CommandOptions } from './options.ts';
import { runCommand } from './run-command.ts';
import { type SteppedRun, steppedRuns } from './stepped-runs.ts';

export interface CommandRenderParts {
  readonly options: CommandOptions;
  readonly instance: Instance;
  readonly folder: OutputFolder;
  /** The picture of a frame, relative to the output folder; undefined when nobody knows. */
  readonly fileOf: ((frame: number) => string) | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly report: (line: ProgressLine) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Runs the command as often as it takes, and knows what came of it. */
export class CommandRender implements ChunkRender {
  /** Frames that failed, in order. */
  readonly missing: number[] = [];
  readonly #parts: CommandRenderParts;
  /** What was wrong first. */
  #trouble: string | undefined;
  #signal: NodeJS.Signals | null = null;

  constructor(parts: CommandRenderParts) {
    this.#parts = parts;
  }

  /** What ended the last command; then no more are run. */
  get signal(): NodeJS.Signals | null {
    return this.#signal;
  }

  /** A command that ended badly has its frames missing. */
  get isSound(): boolean {
    return true;
  }

  async render(frames: FrameList): Promise<Outcome> {
    const before = this.missing.length;
    const runs = this.#parts.options.per === 'chunk' ? steppedRuns(frames) : frames.map(singleRun);
    for (const run of runs) {
      if (this.#signal === null) await this.#run(run);
      else this.missing.push(...run.frames);
    }
    const failed = this.missing.length - before;
    return { rendered: frames.length - failed, failed };
  }

  explainEnd(count: number): string[] {
    const lines: string[] = [];
    if (this.missing.length > 0) {
      const text = canonical(this.missing);
      const shown = text.length > LONGEST_LIST ? `${text.slice(0, LONGEST_LIST)}…` : text;
      lines.push(`${this.missing.length} of ${count} frames failed: ${shown}`);
    }
    if (this.#trouble !== undefined) lines.push(this.#trouble);
    if (this.#signal !== null) lines.push(`the command was ended by ${this.#signal}`);
    return lines;
  }

  async #run(run: SteppedRun): Promise<void> {
    const { options, instance, fileOf, env, report, now } = this.#parts;
    const pictureOf = fileOf && ((frame: number): string => join(options.outputDir, fileOf(frame)));
    const variables = commandVariables(options, run, instance, pictureOf);
    report({ kind: 'rendering', frame: run.first });
    const begun = now();
    const { code, signal, megabytes } = await runCommand(options.command, { ...env, ...variables });
    const seconds = (now() - begun) / 1000 / run.frames.length;
    const cost = { seconds, ...(megabytes === undefined ? {} : { megabytes }) };
    this.#signal = signal;
    if (code !== 0 && code !== null) {
      this.#trouble ??= `the command for ${nameOf(run)} ended with exit code ${code}`;
    }
    for (const frame of run.frames) {
      const file = fileOf?.(frame) ?? NO_FILE;
      if (code === 0 && (await this.#isThere(frame))) report({ kind: 'saved', frame, file, ...cost });
      else {
        this.missing.push(frame);
        report({ kind: 'missing', frame, file });
      }
    }
  }

  async #isThere(frame: number): Promise<boolean> {
    const { fileOf, folder } = this.#parts;
    if (fileOf === undefined || (await folder.isWritten(frame))) return true;
    this.#trouble ??= `the command for frame ${frame} ended well but did not write ${fileOf(frame)}`;
    return false;
  }
}

/** A progress line names a file; here nobody knows it. */
const NO_FILE = '-';

function singleRun(frame: number): SteppedRun {
  return { frames: [frame], first: frame, last: frame, step: 1 };
}

function nameOf({ frames, first, last }: SteppedRun): string {
  return frames.length === 1 ? `frame ${first}` : `frames ${first} to ${last}`;
}
