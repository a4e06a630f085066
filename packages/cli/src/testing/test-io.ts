import { Readable } from 'node:stream';
import type { Io } from '../io.ts';

export interface TestIo extends Io {
  stdout(): string;
  stderr(): string;
  /** What Ctrl-C does. */
  interrupt(): void;
}

/** A terminal whose output a test can read. */
export function testIo(options: {
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string;
  interactive?: boolean;
  width?: number;
  outColour?: boolean;
  /** Told each time something is written to standard error. */
  onStderr?: (all: string) => void;
}): TestIo {
  const controller = new AbortController();
  let stdout = '';
  let stderr = '';
  return {
    env: options.env ?? {},
    cwd: options.cwd ?? '/nowhere',
    stdin: Readable.from([options.stdin ?? '']),
    out: async (text) => {
      stdout += typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
      return Promise.resolve();
    },
    err: (text) => {
      stderr += text;
      options.onStderr?.(stderr);
    },
    interactive: options.interactive ?? false,
    columns: () => options.width ?? 80,
    colour: false,
    outColour: options.outColour ?? false,
    interrupted: controller.signal,
    stdout: () => stdout,
    stderr: () => stderr,
    interrupt: () => controller.abort(new Error('interrupted')),
  };
}
