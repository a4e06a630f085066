import type { BlenderEvent } from '../blender-log.ts';

const MOST = 5;

/** The lines of a run that best explain a missing picture. */
export class BlenderComplaints {
  readonly #fatal: string[] = [];
  readonly #lesser: string[] = [];
  #stderr: string[] = [];

  take(event: BlenderEvent): void {
    if (event.kind === 'fatal') keep(this.#fatal, event.text);
    else if (event.kind === 'other' && /^(Error|Warning)\b|Error: /.test(event.text))
      keep(this.#lesser, event.text);
  }

  /** The end of stderr holds the system's own words, such as `No space left on device`. */
  takeStderr(line: string): void {
    if (line.trim() !== '')
      this.#stderr = [...this.#stderr.filter((known) => known !== line).slice(1 - MOST), line];
  }

  /** At most a handful, the telling ones first. */
  lines(): string[] {
    const told = this.#fatal.length > 0 ? this.#fatal : this.#lesser;
    return [...told, ...this.#stderr.slice(-2)].slice(0, MOST);
  }
}

function keep(lines: string[], line: string): void {
  if (lines.length < MOST - 2 && !lines.includes(line)) lines.push(line);
}
