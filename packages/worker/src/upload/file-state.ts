import type { BigIntStats } from 'node:fs';

/** What tells one content of a file from another without reading it. */
export interface FileState {
  /** Device and inode: the same file under whatever name. */
  file: string;
  /** Size and time of the last write, in nanoseconds. */
  content: string;
  /** All of it, and the time of the last change of any kind, which no program can set back. */
  mark: string;
}

/** `isMounted`: it lies on a mount, which may give a file another number each time it is opened. */
export function fileState({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats, isMounted: boolean): FileState {
  const file = `${dev} ${ino}`;
  const content = `${size} ${mtimeNs}`;
  return { file, content, mark: isMounted ? content : `${file} ${content} ${ctimeNs}` };
}
