import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { frameFileName } from '@rebatch/frames';
import { OutputFolder } from '../render/output-folder.ts';
import type { MaxOptions } from './options.ts';

/** 3ds Max numbers with four digits; the seed tells of three (spec/render.md §4). */
const FORMS = ['####', '###'] as const;

export interface Picture {
  /** Relative to the output folder. */
  readonly file: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
}

/** The pictures of frames, and which of them this run wrote. */
export class MaxPictures {
  readonly #options: MaxOptions;
  readonly #folders: readonly OutputFolder[];

  private constructor(options: MaxOptions, folders: readonly OutputFolder[]) {
    this.#options = options;
    this.#folders = folders;
  }

  /**
   * Makes the output folder and tries to write there, before hours of rendering.
   * @throws LaunchError when nothing can be written
   */
  static async prepare(options: MaxOptions, frames: readonly number[]): Promise<MaxPictures> {
    const { outputDir, name } = options;
    const folders: OutputFolder[] = [];
    for (const form of FORMS) {
      const fileOf = new Map(frames.map((frame) => [frame, fileName(name, frame, form)]));
      folders.push(await OutputFolder.prepare(outputDir, { kind: 'frames', fileOf }));
    }
    return new MaxPictures(options, folders);
  }

  /** The picture that this run wrote of the frame; undefined when there is none. */
  async written(frame: number): Promise<Picture | undefined> {
    const { outputDir, name } = this.#options;
    for (const [index, form] of FORMS.entries()) {
      if ((await this.#folders[index]?.isWritten(frame)) !== true) continue;
      const file = fileName(name, frame, form);
      const at = (await stat(join(outputDir, file)).catch(() => undefined))?.mtimeMs;
      if (at !== undefined) return { file, at };
    }
    return undefined;
  }
}

/** Relative to the output folder. */
export function fileName({ stem, extension }: MaxOptions['name'], frame: number, form = '####'): string {
  return frameFileName(`${stem}${form}`, frame, '') + extension;
}
