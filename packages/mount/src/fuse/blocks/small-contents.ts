import { type Content, contentName } from './block.ts';
import { type BlockSource, StaleContentError } from './block-source.ts';
import { ReadAhead } from './read-ahead.ts';
import { RecentBlocks } from './recent-blocks.ts';

/** The object store keeps contents up to this size in its database, where the server has them at hand. */
export const SMALL_BYTES = 32 * 1024;

const RECENT_BYTES = 32 * 1024 * 1024;
/** Small contents that are fetched ahead of a program that goes through a listing: 2 MiB at most. */
const MOST_AHEAD = 64;

/** A content's place in its listing. */
export interface Place {
  /** Names the listing. */
  listing: string;
  index: number;
  /** Up to `count` contents that follow in the listing. */
  following(count: number): Content[];
}

/**
 * Contents that are so small that asking for them takes longer than getting them: programs that go through many are
 * given them in batches, from memory.
 */
export class SmallContents {
  readonly #source: BlockSource;
  readonly #recent = new RecentBlocks(RECENT_BYTES);
  readonly #fetches = new Map<string, Promise<Buffer>>();
  /** Readers of one listing may take turns, and pass over what they do not want. */
  readonly #ahead = new ReadAhead({ widest: MOST_AHEAD, longestStep: MOST_AHEAD });

  constructor(source: BlockSource) {
    this.#source = source;
  }

  /** All bytes of a content. @throws StaleContentError */
  async read(content: Content, place: Place | undefined): Promise<Buffer> {
    const name = contentName(content);
    const ahead = place === undefined ? [] : this.#wantedAhead(place);
    const known = this.#recent.get(name) ?? this.#fetches.get(name);
    if (known === undefined) return this.#fetch(content, ahead);
    const [first, ...others] = ahead;
    if (first !== undefined) void this.#fetch(first, others);
    return known;
  }

  /** Nothing while the nearer half of what will be read next is there: then the next batch is a large one. */
  #wantedAhead(place: Place): Content[] {
    const { count } = this.#ahead.after(place.listing, place.index);
    const next = count === 0 ? [] : place.following(count);
    const isNear = next.slice(0, Math.ceil(count / 2)).every((content) => !this.#isMissing(content));
    return isNear ? [] : next.filter((content) => this.#isMissing(content));
  }

  #isMissing(content: Content): boolean {
    if (content.size > SMALL_BYTES || content.size === 0) return false;
    const name = contentName(content);
    return this.#recent.get(name) === undefined && !this.#fetches.has(name);
  }

  /** Fetches one, and others with it; resolves with the bytes of the one. */
  #fetch(content: Content, others: readonly Content[]): Promise<Buffer> {
    const answer = this.#source.fetchSmall([content, ...others]);
    for (const [index, other] of others.entries()) void this.#expect(other, answer, index + 1);
    return this.#expect(content, answer, 0);
  }

  #expect(
    content: Content,
    answer: Promise<readonly (Buffer | undefined)[]>,
    index: number,
  ): Promise<Buffer> {
    const name = contentName(content);
    const expected = answer
      .then((contents) => {
        const bytes = contents[index];
        if (bytes === undefined) throw new StaleContentError(content);
        this.#recent.add(name, bytes);
        return bytes;
      })
      .finally(() => this.#fetches.delete(name));
    // Whoever really reads it learns what went wrong.
    expected.catch(() => undefined);
    this.#fetches.set(name, expected);
    return expected;
  }
}
