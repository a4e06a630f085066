import type { Readable } from 'node:stream';

/** The terminal in front of a person. */
export interface Terminal {
  /** As in $TERM. */
  name: string;
  size(): { columns: number; rows: number };
  /** Keys as they are pressed, Ctrl-C too; or lines, as usual. */
  raw(on: boolean): void;
  /** Until the returned function is called. */
  onResize(listener: () => void): () => void;
}

/** The world as a command sees it; tests give their own. */
export interface Io {
  env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  cwd: string;
  stdin: Readable;
  /** Absent when input or output is none. */
  terminal?: Terminal;
  /** Results, for people or with --json for programs. Resolves when there is room for more. */
  out(text: string | Uint8Array): Promise<void>;
  /** Progress and complaints. */
  err(text: string): void;
  /** True when standard error is a terminal, where lines can be redrawn. */
  interactive: boolean;
  /** Characters of a line of the terminal. */
  columns(): number;
  /** Whether standard error shows colours. */
  colour: boolean;
  /** Whether standard output does. */
  outColour: boolean;
  /** Aborted by Ctrl-C. A second Ctrl-C ends the process. */
  interrupted: AbortSignal;
}
