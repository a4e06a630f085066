import { formatBytes } from '../terminal/format-bytes.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import type { LiveDisplay } from '../terminal/live-display.ts';
import { progressBar } from '../terminal/progress-bar.ts';

/** Redrawing oftener only costs time. */
const REDRAW_MS = 80;

/** Shows bytes as they go: a bar in a terminal, a line at each tenth elsewhere. */
export class TransferProgress {
  readonly #display: LiveDisplay;
  readonly #verb: string;
  readonly #total: number;
  readonly #began = Date.now();
  #done = 0;
  #copied = 0;
  #drawn = 0;
  #tenth = 0;

  /** `verb`: what is going on, such as `uploading`; `total`: bytes. */
  constructor(display: LiveDisplay, verb: string, total: number) {
    this.#display = display;
    this.#verb = verb;
    this.#total = total;
  }

  /** Counts bytes as done; `copied: false` for those that were there already, so that they do not flatter the rate. */
  add(bytes: number, copied = true): void {
    this.#done += bytes;
    if (copied) this.#copied += bytes;
    const now = Date.now();
    if (this.#display.interactive) {
      if (now - this.#drawn < REDRAW_MS && this.#done < this.#total) return;
      this.#drawn = now;
      this.#display.status(this.#text(now));
      return;
    }
    const tenth = this.#total === 0 ? 10 : Math.floor((this.#done / this.#total) * 10);
    // Small transfers are over before a line about them would help.
    if (tenth <= this.#tenth || tenth === 10 || now - this.#began < 1_000) return;
    this.#tenth = tenth;
    this.#display.line(`${this.#verb} ${tenth * 10} % of ${formatBytes(this.#total)}`);
  }

  /** `12.3 MB in 0.4 s (30.8 MB/s)`, for the line that stays; takes the bar away. */
  finish(): string {
    this.#display.clear();
    const ms = Math.max(1, Date.now() - this.#began);
    const rate = this.#copied === 0 ? '' : ` (${formatBytes((this.#copied / ms) * 1000)}/s)`;
    return `${formatBytes(this.#copied)} in ${formatDuration(ms)}${rate}`;
  }

  #text(now: number): string {
    const fraction = this.#total === 0 ? 1 : this.#done / this.#total;
    const rate = (this.#done / Math.max(1, now - this.#began)) * 1000;
    const left = rate === 0 ? '' : `  ${formatDuration(((this.#total - this.#done) / rate) * 1000)} left`;
    const percent = String(Math.floor(fraction * 100)).padStart(3);
    return `${this.#verb} ${progressBar(fraction, 24)} ${percent} %  ${formatBytes(this.#done)} of ${formatBytes(this.#total)}  ${formatBytes(rate)}/s${left}`;
  }
}
