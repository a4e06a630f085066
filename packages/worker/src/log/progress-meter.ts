import { parseProgressLine, type ProgressLine } from '@rebatch/launchers';

const NEWLINE = 0x0a;
const MARK = 'rebatch ';
/** A longer line is no progress line. */
const LONGEST_LINE = 16 * 1024;
/** Hundred is for an attempt whose results are stored. */
const MOST_PERCENT = 99;

/** Reads a launcher's progress lines out of a log as it grows, and reports each new percent of its piece. */
export class ProgressMeter {
  readonly #report: (percent: number) => void;
  readonly #saved = new Set<number>();
  #count = 0;
  #percent = 0;
  #rest: Uint8Array = new Uint8Array();

  constructor(report: (percent: number) => void) {
    this.#report = report;
  }

  /** The next bytes of the log. */
  take(bytes: Uint8Array): void {
    const text = Buffer.concat([this.#rest, bytes]);
    const end = text.lastIndexOf(NEWLINE) + 1;
    this.#rest = text.length - end > LONGEST_LINE ? new Uint8Array() : text.subarray(end);
    const lines = text.subarray(0, end);
    // Most logs of the world have none: one search instead of a string for each line.
    for (let at = lines.indexOf(MARK); at >= 0; at = lines.indexOf(MARK, lines.indexOf(NEWLINE, at))) {
      if (at === 0 || lines[at - 1] === NEWLINE) {
        this.#takeLine(lines.toString('utf8', at, lines.indexOf(NEWLINE, at)));
      }
    }
  }

  #takeLine(text: string): void {
    const line = parseProgressLine(text);
    if (line === undefined) return;
    if (line.kind === 'piece') this.#count = line.count;
    if (line.kind === 'saved' || line.kind === 'appended' || line.kind === 'skipped') {
      this.#saved.add(line.frame);
    }
    if (this.#count === 0) return;
    const done = this.#saved.size + shareOfFrame(line);
    const percent = Math.min(MOST_PERCENT, Math.floor((100 * done) / this.#count));
    if (percent <= this.#percent) return;
    this.#percent = percent;
    this.#report(percent);
  }
}

function shareOfFrame(line: ProgressLine): number {
  if (line.kind !== 'rendering' || line.sample === undefined || line.sample.of === 0) return 0;
  return line.sample.done / line.sample.of;
}
