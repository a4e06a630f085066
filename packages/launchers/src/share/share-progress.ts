import { canonical } from '@rebatch/frames';
import type { ProgressLine } from '../progress-lines.ts';
import type { Share } from './share-frames.ts';

/** A frame list with more characters helps nobody in a log. */
export const LONGEST_LIST = 2000;

/** Says how much an instance has to do: its piece, or an equal share until it turns out to take more. */
export class ShareProgress {
  readonly #share: Omit<Share, 'source'>;
  readonly #report: (line: ProgressLine) => void;
  #count: number;
  #came = 0;

  constructor(share: Omit<Share, 'source'>, report: (line: ProgressLine) => void) {
    this.#share = share;
    this.#report = report;
    this.#count = share.count;
  }

  begin(): void {
    const { piece } = this.#share;
    const text = piece === undefined ? undefined : canonical(piece);
    this.#line(text === undefined || text.length > LONGEST_LIST ? {} : { frames: text });
  }

  /** So many frames more came to this instance. */
  took(count: number): void {
    this.#came += count;
    if (this.#came <= this.#count) return;
    this.#count = this.#came;
    this.#line({});
  }

  #line(frames: { frames?: string }): void {
    const { instance, of } = this.#share;
    this.#report({ kind: 'piece', ...frames, count: this.#count, instance, of });
  }
}
