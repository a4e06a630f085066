import { frameFileName } from '@rebatch/frames';
import { OutputFolder } from '../render/output-folder.ts';
import type { MaxOptions } from './options.ts';

/** 3ds Max numbers with four digits; the seed tells of three (spec/render.md §4). */
const FORMS = ['####', '###'] as const;

/** The pictures of frames, and which of them this run wrote. */
export class MaxPictures {
  readonly #name: MaxOptions['name'];
  readonly #folders: readonly OutputFolder[];

  private constructor(name: MaxOptions['name'], folders: readonly OutputFolder[]) {
    this.#name = name;
    this.#folders = folders;
  }

  /**
   * Makes the output folder and tries to write there, before hours of rendering.
   * @throws LaunchError when nothing can be written
   */
  static async prepare({ outputDir, name }: MaxOptions, frames: readonly number[]): Promise<MaxPictures> {
    const folders: OutputFolder[] = [];
    for (const form of FORMS) {
      const fileOf = new Map(frames.map((frame) => [frame, fileName(name, frame, form)]));
      folders.push(await OutputFolder.prepare(outputDir, { kind: 'frames', fileOf }));
    }
    return new MaxPictures(name, folders);
  }

  /** The picture that this run wrote of the frame, relative to the output folder; undefined when there is none. */
  async written(frame: number): Promise<string | undefined> {
    for (const [index, form] of FORMS.entries()) {
      if ((await this.#folders[index]?.isWritten(frame)) === true) return fileName(this.#name, frame, form);
    }
    return undefined;
  }
}

/** Relative to the output folder. */
export function fileName({ stem, extension }: MaxOptions['name'], frame: number, form = '####'): string {
  return frameFileName(`${stem}${form}`, frame, '') + extension;
}
