import type { ProgressLine } from '@rebatch/launchers';
import type { JobView } from '@rebatch/model';
import type { Io } from '../io.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import { LiveDisplay } from '../terminal/live-display.ts';
import { printable } from '../terminal/printable.ts';
import { progressBar } from '../terminal/progress-bar.ts';
import { styler } from '../terminal/style.ts';
import type { RenderProgress } from './render-progress.ts';

/** How often the bar moves while nothing happens, in milliseconds. */
const TICK_MS = 500;

/** Shows a render while it goes on: each saved frame as a line that stays, and a bar below. */
export class RenderDisplay {
  readonly #display: LiveDisplay;
  readonly #progress: RenderProgress;
  readonly #style: ReturnType<typeof styler>;
  readonly #began = Date.now();
  readonly #ticker: NodeJS.Timeout;
  #job: JobView | undefined;
  #told = '';

  constructor(io: Io, progress: RenderProgress) {
    this.#display = new LiveDisplay(io);
    this.#progress = progress;
    this.#style = styler(io);
    this.#ticker = setInterval(() => this.#draw(), TICK_MS);
    this.#ticker.unref();
  }

  job(job: JobView): void {
    this.#job = job;
    const waits = this.#waitingReason();
    // Where every line stays, only a real reason is worth one: a moment's wait for a slot is none.
    if (!this.#display.interactive && waits !== this.#told && job.Message !== '' && waits !== '') {
      this.#display.line(`waiting  ${printable(waits)}`);
    }
    this.#told = waits;
    this.#draw();
  }

  /** A line of a program: progress moves the bar, complaints stay. */
  line(instance: number, text: string, progress: ProgressLine | undefined): void {
    if (progress === undefined) {
      if (/^(error|warning)\b/i.test(text))
        this.#display.line(this.#style('yellow', `  ${printable(text)} (instance ${instance})`));
      return;
    }
    const isNew = this.#progress.add(instance, progress, Date.now());
    if (isNew && (progress.kind === 'saved' || progress.kind === 'appended')) this.#saved(instance, progress);
    if (isNew && progress.kind === 'skipped') {
      this.#display.line(this.#style('dim', `  = ${printable(progress.file)} was there`));
    }
    if (progress.kind === 'missing') {
      this.#display.line(
        this.#style('red', `  ✗ ${printable(progress.file)} was not written (instance ${instance})`),
      );
    }
    this.#draw();
  }

  note(text: string): void {
    this.#display.line(printable(text));
  }

  /** Takes the bar away. */
  end(): void {
    clearInterval(this.#ticker);
    this.#display.clear();
  }

  #saved(instance: number, line: Extract<ProgressLine, { kind: 'saved' | 'appended' }>): void {
    const count = String(this.#progress.done).padStart(String(this.#progress.total).length);
    const seconds = line.seconds === undefined ? '' : `${line.seconds.toFixed(2)} s`;
    const what = line.kind === 'saved' ? line.file : `${line.file} frame ${line.frame}`;
    this.#display.line(
      `  ${this.#style('green', '✓')} ${printable(what)}  ${seconds.padStart(8)}  ${this.#style('dim', `instance ${instance}`)}  ${count}/${this.#progress.total}`,
    );
  }

  #draw(): void {
    if (!this.#display.interactive) return;
    const now = Date.now();
    const waits = this.#waitingReason();
    if (waits !== '') {
      this.#display.status(`  waiting  ${formatDuration(now - this.#began)}  ${printable(waits)}`);
      return;
    }
    const { total, done, fraction } = this.#progress;
    const running = this.#job?.InstanceMetrics.RunningCount ?? 0;
    const left = this.#progress.remaining(now);
    const parts = [
      `  ${this.#style('cyan', progressBar(fraction, 24))}`,
      `${done}/${total} frames`,
      `${running} running`,
      formatDuration(now - this.#began),
      ...(left === undefined || done === total ? [] : [`ETA ${formatDuration(left)}`]),
    ];
    this.#display.status(parts.join('  '));
  }

  /** Why nothing runs, or "" when something does. */
  #waitingReason(): string {
    const job = this.#job;
    if (job === undefined) return 'for the server';
    if (job.InstanceMetrics.RunningCount > 0 || job.State !== 'Waiting') return '';
    return job.Message === '' ? 'for a free slot' : job.Message;
  }
}
