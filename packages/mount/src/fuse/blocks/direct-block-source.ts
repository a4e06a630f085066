import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { BLOCK_BYTES, type Content, contentName } from './block.ts';
import type { BlockSource } from './block-source.ts';
import { stretchesOf } from './content-pieces.ts';
import { URL_SECONDS, type UrlPiece } from './object-request.ts';
import { readBody } from './read-body.ts';

const MOST_SOCKETS = 16;
const MOST_KNOWN = 4096;
/** A server that says nothing for so long is given up: the store's own server is asked instead. */
const SILENCE_MS = 20_000;
/** URLs are renewed when half of their time is over. */
const USED_MS = URL_SECONDS * 500;

interface Known {
  /** Undefined when the content has no URLs, or they do not work from here. */
  pieces: Promise<readonly UrlPiece[] | undefined>;
  until: number;
}

/** Where a content's URLs are asked for; see `SocketBlockSource`. */
type Origin = BlockSource & { urls(content: Content): Promise<UrlPiece[] | undefined> };

/**
 * Fetches blocks from the S3 server that holds them, by URLs that `origin` gives: the bytes of large objects then pass
 * through this process only. What is under a URL never changes; it goes when the object does. Whatever goes wrong, `origin`
 * is asked for the bytes.
 */
export class DirectBlockSource implements BlockSource {
  readonly #origin: Origin;
  readonly #warn: (message: string) => void;
  #hasWarned = false;
  readonly #now: () => number;
  readonly #agents = {
    'http:': new HttpAgent({ keepAlive: true, maxSockets: MOST_SOCKETS }),
    'https:': new HttpsAgent({ keepAlive: true, maxSockets: MOST_SOCKETS }),
  };
  /** By content name, the longest known first. */
  readonly #known = new Map<string, Known>();

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(origin: Origin, warn: (message: string) => void, now = () => performance.now()) {
    this.#origin = origin;
    this.#warn = warn;
    this.#now = now;
  }

  async fetch(content: Content, start: number, length: number): Promise<Buffer> {
    // A question more pays only where it is for several blocks.
    if (content.size <= BLOCK_BYTES) return this.#origin.fetch(content, start, length);
    const pieces = await this.#piecesOf(content);
    if (pieces !== undefined) {
      try {
        return await this.#fetchPieces(pieces, start, length);
      } catch (error) {
        this.#tell(error);
        void this.#remember(content, Promise.resolve(undefined));
      }
    }
    return this.#origin.fetch(content, start, length);
  }

  fetchSmall(contents: readonly Content[]): Promise<(Buffer | undefined)[]> {
    return this.#origin.fetchSmall(contents);
  }

  locate(content: Content): ReturnType<BlockSource['locate']> {
    return this.#origin.locate(content);
  }

  #piecesOf(content: Content): Known['pieces'] {
    const known = this.#known.get(contentName(content));
    if (known !== undefined && known.until > this.#now()) return known.pieces;
    return this.#remember(content, this.#origin.urls(content));
  }

  #remember(content: Content, pieces: Known['pieces']): Known['pieces'] {
    const name = contentName(content);
    this.#known.delete(name);
    this.#known.set(name, { pieces, until: this.#now() + USED_MS });
    pieces.catch(() => this.#known.delete(name));
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return pieces;
  }

  /** Once: it is as slow as before there were URLs, but it works. An object that is gone is the origin's to tell. */
  #tell(error: unknown): void {
    if (this.#hasWarned || error instanceof UrlGoneError) return;
    this.#hasWarned = true;
    this.#warn(
      `objects are read through the server, as the S3 server could not be read from: ${String(error)}`,
    );
  }

  async #fetchPieces(pieces: readonly UrlPiece[], start: number, length: number): Promise<Buffer> {
    const block = Buffer.allocUnsafeSlow(length);
    const stretches = stretchesOf(pieces, start, length);
    const last = stretches.at(-1);
    if (last === undefined || last.at + last.length !== length) {
      throw new Error('its URLs do not hold the whole object');
    }
    await Promise.all(
      stretches.map(async ({ piece, from, at, length: bytes }) => {
        const range = `bytes=${from}-${from + bytes - 1}`;
        const response = await this.#get(new URL(piece.url), range);
        if (response.headers['content-range']?.startsWith(`bytes ${from}-${from + bytes - 1}/`) !== true) {
          response.destroy();
          throw response.statusCode === 404
            ? new UrlGoneError()
            : new Error(`it answered ${response.statusCode}`);
        }
        await readBody(response, block.subarray(at, at + bytes));
      }),
    );
    return block;
  }

  #get(url: URL, range: string): Promise<IncomingMessage> {
    const isSecure = url.protocol === 'https:';
    const get = isSecure ? httpsGet : httpGet;
    const agent = this.#agents[isSecure ? 'https:' : 'http:'];
    return new Promise((resolve, reject) => {
      const request = get(url, { agent, headers: { range }, timeout: SILENCE_MS }, resolve);
      request.on('error', reject);
      request.on('timeout', () => request.destroy(new Error('it is silent')));
    });
  }
}

/** Thrown when there is nothing at a URL (any more): the object was replaced or deleted. */
class UrlGoneError extends Error {}
