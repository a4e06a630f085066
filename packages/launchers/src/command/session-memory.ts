import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const KILOBYTES_PER_MEGABYTE = 1024;
/** Between two looks: soon after the start, as a command may be over in no time, then less and less often. */
const FIRST_MS = 10;
const LONGEST_MS = 250;

/**
 * The most memory that the programs of a session were seen to have at once: a command and all that it started, unless that
 * began a session of its own. What is seen is resident memory; pages that several of them share count for each.
 */
export class SessionMemory {
  readonly #session: number;
  readonly #proc: string;
  #kilobytes = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param session by its number, which is the process id of the program that began it */
  constructor(session: number, proc: string = '/proc') {
    this.#session = session;
    this.#proc = proc;
  }

  /** In MiB; undefined where the system tells nothing, as on Windows. */
  get peak(): number | undefined {
    return this.#kilobytes === 0 ? undefined : this.#kilobytes / KILOBYTES_PER_MEGABYTE;
  }

  /** Looks now, and again until `stop`. */
  start(pause: number = FIRST_MS): void {
    this.look();
    this.#timer = setTimeout(() => this.start(Math.min(2 * pause, LONGEST_MS)), pause);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  look(): void {
    let together = 0;
    for (const { resident, peak } of this.#programs()) {
      together += resident;
      // The system knows what one program had between two looks.
      this.#kilobytes = Math.max(this.#kilobytes, peak);
    }
    this.#kilobytes = Math.max(this.#kilobytes, together);
  }

  *#programs(): Generator<{ resident: number; peak: number }> {
    for (const name of this.#processes()) {
      let status: string;
      try {
        status = readFileSync(join(this.#proc, name, 'status'), 'utf8');
      } catch {
        // It has ended.
        continue;
      }
      const valueOf = (key: string): number =>
        Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      if (valueOf('NSsid') === this.#session) yield { resident: valueOf('VmRSS'), peak: valueOf('VmHWM') };
    }
  }

  #processes(): string[] {
    try {
      return readdirSync(this.#proc).filter((name) => /^\d+$/.test(name));
    } catch {
      return [];
    }
  }
}
