import type { Readable } from 'node:stream';

/** The world as a command sees it; tests give their own. */
export interface Io {
  env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  cwd: string;
  stdin: Readable;
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
