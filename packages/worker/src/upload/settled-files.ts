import type { FileState } from './file-state.ts';

export interface SeenFile {
  /** Its path. */
  path: string;
  state: FileState;
}

interface Known extends SeenFile {
  /** Looks in a row that found it as it is. */
  looks: number;
}

/**
 * Tells which files of a running program are finished, from looks at all of them: those that several looks in a row
 * found unchanged. One that was moved into its place as it was is finished at once: that is how careful programs write.
 */
export class SettledFiles {
  #known = new Map<string, Known>();

  /** Takes a new look. @returns the files that the last `enough` looks, this one with them, found unchanged */
  look(files: readonly SeenFile[], enough: number): SeenFile[] {
    const now = new Map<string, Known>();
    const here = new Set(files.map(({ path }) => path));
    const moved = new Set<string>();
    for (const { path, state } of this.#known.values()) {
      if (!here.has(path)) moved.add(sameFile(state));
    }
    for (const file of files) {
      const before = this.#known.get(file.path);
      const unchanged = before?.state.mark === file.state.mark;
      const looks = unchanged ? before.looks + 1 : moved.has(sameFile(file.state)) ? enough : 1;
      now.set(file.path, { ...file, looks });
    }
    this.#known = now;
    return [...now.values()].filter(({ looks }) => looks >= enough);
  }
}

/** A move changes neither. */
function sameFile({ file, content }: FileState): string {
  return `${file} ${content}`;
}
