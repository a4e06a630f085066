import { fileMark } from '../file-mark.ts';
import type { Expectation } from './expectations.ts';

/** Tells, after a run, which of the expected pictures it did not write. */
export class PictureCheck {
  readonly #expected: Expectation;
  readonly #before: ReadonlyMap<string, string>;

  private constructor(expected: Expectation, before: ReadonlyMap<string, string>) {
    this.#expected = expected;
    this.#before = before;
  }

  /** Looks at what is there before the run. */
  static async before(expected: Expectation): Promise<PictureCheck> {
    const before = new Map<string, string>();
    for (const path of expected.pictures.flat()) {
      const mark = await fileMark(path);
      if (mark !== undefined) before.set(path, mark);
    }
    return new PictureCheck(expected, before);
  }

  /**
   * One line for all that is missing, or undefined.
   * @param saved how many pictures Blender said that it saved
   */
  async complaint(saved: number): Promise<string | undefined> {
    const { pictures, unnamed } = this.#expected;
    const missing: string[] = [];
    for (const names of pictures) {
      if (!(await this.#isNew(names))) missing.push(names[0] ?? '');
    }
    if (missing.length > 0) {
      const more = missing.length > 10 ? ' …' : '';
      return `${missing.length} of ${pictures.length} pictures are missing: ${missing.slice(0, 10).join(' ')}${more}`;
    }
    const promised = pictures.length + unnamed;
    return unnamed > 0 && saved < promised ? `Blender saved ${saved} of ${promised} pictures` : undefined;
  }

  async #isNew(names: readonly string[]): Promise<boolean> {
    for (const name of names) {
      const mark = await fileMark(name);
      if (mark !== undefined && mark !== this.#before.get(name)) return true;
    }
    return false;
  }
}
