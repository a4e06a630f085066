import { randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileMark } from '../file-mark.ts';
import { LaunchError } from '../launch-error.ts';
import { makeFolder } from './make-folder.ts';
import type { Outputs } from './outputs.ts';

/** What was in the output folders before Blender ran, so that an old picture is not taken for a new one. */
export class OutputFolder {
  readonly #path: string;
  readonly #outputs: Outputs;
  readonly #before: ReadonlyMap<string, string>;

  private constructor(path: string, outputs: Outputs, before: ReadonlyMap<string, string>) {
    this.#path = path;
    this.#outputs = outputs;
    this.#before = before;
  }

  /**
   * Makes the folders and tries to write there, before hours of rendering.
   * @throws LaunchError when nothing can be written
   */
  static async prepare(path: string, outputs: Outputs): Promise<OutputFolder> {
    const files = outputs.kind === 'frames' ? [...outputs.fileOf.values()] : movieFiles(outputs);
    const before = new Map<string, string>();
    for (const folder of new Set(['.', ...files.map((file) => dirname(file))])) {
      await makeWritable(join(path, folder));
      // One listing instead of a look for each of what may be a million files.
      const present = new Set((await readdir(join(path, folder))).map((name) => join(folder, name)));
      for (const file of files) {
        if (dirname(file) !== folder || !present.has(join(file))) continue;
        const mark = await fileMark(join(path, file));
        if (mark !== undefined) before.set(file, mark);
      }
    }
    return new OutputFolder(path, outputs, before);
  }

  /** Whether this run wrote the frame's picture. */
  async isWritten(frame: number): Promise<boolean> {
    const file = this.#outputs.kind === 'frames' ? this.#outputs.fileOf.get(frame) : undefined;
    return file !== undefined && this.#isNew(file);
  }

  /**
   * Those of the frames that this run did not write, in order.
   * @param appended the frames that Blender put into the movie; what a movie holds cannot be told from its file
   */
  async missing(
    frames: Iterable<number>,
    appended: ReadonlySet<number>,
  ): Promise<{ frame: number; file: string }[]> {
    const missing: { frame: number; file: string }[] = [];
    if (this.#outputs.kind === 'movie') {
      const movie = await this.movie();
      const file = movie ?? this.#outputs.stem + (this.#outputs.extensions[0] ?? '');
      for (const frame of frames) {
        if (movie === undefined || !appended.has(frame)) missing.push({ frame, file });
      }
      return missing;
    }
    for (const frame of frames) {
      const file = this.#outputs.fileOf.get(frame) ?? '';
      if (!(await this.#isNew(file))) missing.push({ frame, file });
    }
    return missing;
  }

  /** The movie that this run wrote, relative to the output folder. */
  async movie(): Promise<string | undefined> {
    if (this.#outputs.kind !== 'movie') return undefined;
    for (const file of movieFiles(this.#outputs)) {
      if (await this.#isNew(file)) return file;
    }
    return undefined;
  }

  async #isNew(file: string): Promise<boolean> {
    const mark = await fileMark(join(this.#path, file));
    return mark !== undefined && mark !== this.#before.get(file);
  }
}

function movieFiles(outputs: Extract<Outputs, { kind: 'movie' }>): string[] {
  return outputs.extensions.map((extension) => outputs.stem + extension);
}

async function makeWritable(folder: string): Promise<void> {
  const trial = join(folder, `.rebatch-write-test-${randomUUID()}`);
  try {
    await makeFolder(folder);
    await writeFile(trial, 'x', { flag: 'wx' });
    await rm(trial);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(1, `cannot write to the output folder ${folder}: ${reason}`, { cause: error });
  }
}
