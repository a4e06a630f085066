import type { Io } from '../io.ts';
import type { LogSource } from './follow-job.ts';
import { LineSplitter } from './line-splitter.ts';

/** Brings what programs write to standard output. */
export interface LogPrinter {
  /** The next bytes of a log. Resolves when there is room for more. */
  print(source: LogSource, bytes: Uint8Array): Promise<void>;
  /** A log is at its end. */
  end(source: LogSource): Promise<void>;
}

/** For one log alone: every byte as the program wrote it. */
export function plainPrinter(io: Io): LogPrinter {
  return {
    print: (_source, bytes) => io.out(bytes),
    end: () => Promise.resolve(),
  };
}

/** SGR codes of the colours that read well on light and dark. */
const COLOURS = [36, 33, 32, 35, 34, 31];

/** For several logs: whole lines, each with whose it is, an instance always in the same colour. */
export class PrefixPrinter implements LogPrinter {
  readonly #io: Io;
  readonly #splitters = new Map<string, LineSplitter>();

  constructor(io: Io) {
    this.#io = io;
  }

  async print(source: LogSource, bytes: Uint8Array): Promise<void> {
    const prefix = this.#prefix(source);
    const splitter = this.#splitters.get(prefix) ?? new LineSplitter();
    this.#splitters.set(prefix, splitter);
    await this.#write(prefix, splitter.push(bytes));
  }

  async end(source: LogSource): Promise<void> {
    const prefix = this.#prefix(source);
    await this.#write(prefix, this.#splitters.get(prefix)?.end() ?? []);
    this.#splitters.delete(prefix);
  }

  async #write(prefix: string, lines: readonly string[]): Promise<void> {
    // Together: a write for each line would cost most of the time.
    if (lines.length > 0) await this.#io.out(lines.map((line) => `${prefix} ${line}\n`).join(''));
  }

  #prefix({ task, instance, stream }: LogSource): string {
    const text = `[${task}.${instance}${stream === 'stderr' ? ' err' : ''}]`;
    if (!this.#io.outColour) return text;
    return `\u001B[${COLOURS[instance % COLOURS.length]}m${text}\u001B[39m`;
  }
}
