import type { FrameList } from '@rebatch/frames';
import type { FrameSource, Outcome } from '../share/frame-source.ts';
import { chunkSize } from './chunk-size.ts';
import type { Claims, Claimant } from './claims.ts';
import { takeOverLost } from './take-over-lost.ts';

export interface ClaimPlan extends Claimant {
  readonly claims: Pick<Claims, 'take' | 'taken' | 'claimant' | 'takeOver'>;
  /** All frames of the task, in the order in which they are wanted. */
  readonly frames: FrameList;
  /** Instances that share them. */
  readonly of: number;
  /** How long a chunk should take. */
  readonly targetSeconds: number;
  /** Of the program, from its start; infinity without a limit. */
  readonly timeoutSeconds: number;
  /** Whether the object store has a picture of the frame that is no older than `since`, in milliseconds since the epoch. */
  isStored(frame: number, since: number): Promise<boolean>;
  /** Milliseconds since the program's start. */
  readonly now: () => number;
  readonly say: (text: string) => void;
}

/** So many frames in a row without a picture, and the trouble is this machine's or the scene's: let others have the rest. */
const TOO_MANY_FAILURES = 3;

/**
 * Takes the next frames that nobody has, a chunk at a time (spec/render.md §2). Nothing is lost, since an instance ends well
 * only when every frame is somebody's, and the next try of an instance begins with what its earlier ones did not bring home.
 *
 * An instance may work longer than for an equal share, but not into its timeout: with its share done and the time short it
 * leaves the rest to the others. With all shares done, all is done.
 */
export class ClaimingSource implements FrameSource {
  readonly #plan: ClaimPlan;
  /** What nobody was known to have at the last look. */
  #open: number[] | undefined;
  /** Claimed by earlier tries, and still to be done. */
  #lost: number[] = [];
  readonly #share: number;
  #givenAt = 0;
  #given = 0;
  #rendered = 0;
  #renderSeconds = 0;
  #failures = 0;

  constructor(plan: ClaimPlan) {
    this.#plan = plan;
    this.#share = Math.ceil(plan.frames.length / plan.of);
  }

  async next(last: Outcome): Promise<FrameList> {
    this.#take(last);
    if (this.#open === undefined) {
      this.#lost = await takeOverLost(this.#plan);
      await this.#look();
    }
    const chunk = await this.#nextChunk();
    this.#given += chunk.length;
    this.#givenAt = this.#plan.now();
    return chunk;
  }

  #take({ rendered, failed }: Outcome): void {
    this.#rendered += rendered;
    if (rendered > 0) this.#renderSeconds += (this.#plan.now() - this.#givenAt) / 1000;
    this.#failures = rendered > 0 ? 0 : this.#failures + failed;
  }

  async #nextChunk(): Promise<number[]> {
    if (this.#failures >= TOO_MANY_FAILURES) {
      this.#plan.say(`${this.#failures} frames in a row gave no picture; the rest is left to others`);
      return [];
    }
    if (this.#lost.length > 0) return this.#lost.splice(0, this.#sizeOf(this.#lost.length));
    return this.#mayGoOn() ? this.#claim() : [];
  }

  #mayGoOn(): boolean {
    const pace = this.#secondsPerFrame();
    if (pace === undefined || this.#given < this.#share || 2 * pace < this.#secondsLeft()) return true;
    if (this.#open?.length !== 0)
      this.#plan.say('its share is done and its time is short; the rest is left to others');
    return false;
  }

  async #claim(): Promise<number[]> {
    const { claims, of, instance } = this.#plan;
    const chunk: number[] = [];
    for (let at = 0, size = 1; chunk.length < size; ) {
      const open = this.#open ?? [];
      if (open.length === 0) break;
      at %= open.length;
      size = this.#sizeOf(open.length + chunk.length);
      const [frame] = open.splice(at, 1);
      if (frame !== undefined && (await claims.take(frame))) {
        chunk.push(frame);
        continue;
      }
      // Somebody was faster, and may have taken more.
      if (chunk.length > 0) break;
      await this.#look();
      // Those who lost the same frame do not meet at the next one again.
      at = instance % of;
    }
    return chunk;
  }

  #sizeOf(left: number): number {
    const { targetSeconds, of } = this.#plan;
    const secondsPerFrame = this.#secondsPerFrame();
    return chunkSize({ targetSeconds, of, left, secondsLeft: this.#secondsLeft(), secondsPerFrame });
  }

  async #look(): Promise<void> {
    const taken = await this.#plan.claims.taken();
    this.#open = this.#plan.frames.filter((frame) => !taken.has(frame));
  }

  #secondsPerFrame(): number | undefined {
    return this.#rendered === 0 ? undefined : this.#renderSeconds / this.#rendered;
  }

  #secondsLeft(): number {
    return this.#plan.timeoutSeconds - this.#plan.now() / 1000;
  }
}
