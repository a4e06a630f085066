import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Content } from './block.ts';
import { type BlockSource, StaleContentError } from './block-source.ts';
import type { FilePiece } from './file-piece.ts';
import {
  encodeFilesRequest,
  encodeObjectRequest,
  encodeUrlsRequest,
  SMALL_CONTENTS_PATH,
  STATUS_ELSEWHERE,
  STATUS_STALE,
  STATUS_UNKNOWN,
  type UrlPiece,
} from './object-request.ts';
import { readBody } from './read-body.ts';
import { decodeSmallContents } from './small-contents-answer.ts';

const MOST_SOCKETS = 16;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Blocks from the server's socket. While no server answers, a fetch waits: programs see a stall, and go on when the
 * server is back.
 */
export class SocketBlockSource implements BlockSource {
  readonly #socketPath: string;
  readonly #warn: (message: string) => void;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });

  constructor(socketPath: string, warn: (message: string) => void) {
    this.#socketPath = socketPath;
    this.#warn = warn;
  }

  fetch(content: Content, start: number, length: number): Promise<Buffer> {
    const path = encodeObjectRequest({ content, start, length });
    return this.#ask(async () => {
      const response = await this.#get(path);
      if (response.statusCode !== 200) return refuse(response, content);
      const block = Buffer.allocUnsafeSlow(length);
      await readBody(response, block);
      return block;
    });
  }

  locate(content: Content): Promise<FilePiece[] | undefined> {
    return this.#askForPieces<FilePiece>(encodeFilesRequest(content), content);
  }

  /** The URLs at which the content can be read, in order; undefined when it has none. @throws StaleContentError */
  urls(content: Content): Promise<UrlPiece[] | undefined> {
    return this.#askForPieces<UrlPiece>(encodeUrlsRequest(content), content);
  }

  fetchSmall(contents: readonly Content[]): Promise<(Buffer | undefined)[]> {
    return this.#ask(async () => {
      const response = await this.#get(SMALL_CONTENTS_PATH, JSON.stringify(contents));
      if (response.statusCode !== 200) return refuse(response, undefined);
      return decodeSmallContents(await readAll(response), contents.length);
    });
  }

  #askForPieces<P>(path: string, content: Content): Promise<P[] | undefined> {
    return this.#ask(async () => {
      const response = await this.#get(path);
      // The server of an earlier release does not know what it is asked for.
      if (response.statusCode === STATUS_ELSEWHERE || response.statusCode === STATUS_UNKNOWN) {
        response.resume();
        return undefined;
      }
      if (response.statusCode !== 200) return refuse(response, content);
      const pieces: P[] = JSON.parse((await readAll(response)).toString());
      return pieces;
    });
  }

  /** Asks again until there is an answer. */
  async #ask<T>(tryOnce: () => Promise<T>): Promise<T> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await tryOnce();
      } catch (error) {
        if (error instanceof StaleContentError) throw error;
        if (pause === FIRST_PAUSE_MS) this.#warn(`waiting for the server: ${String(error)}`);
      }
      await setTimeout(pause);
    }
  }

  #get(path: string, body?: string): Promise<IncomingMessage> {
    const method = body === undefined ? 'GET' : 'POST';
    return new Promise((resolve, reject) => {
      request({ socketPath: this.#socketPath, agent: this.#agent, path, method }, resolve)
        .on('error', reject)
        .end(body);
    });
  }
}

/** @throws StaleContentError, or an Error that asks to try again */
function refuse(response: IncomingMessage, content: Content | undefined): never {
  response.resume();
  if (response.statusCode === STATUS_STALE && content !== undefined) throw new StaleContentError(content);
  throw new Error(`the server answered ${response.statusCode}`);
}

async function readAll(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
