import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Content } from './block.ts';
import { type BlockSource, StaleContentError } from './block-source.ts';
import { encodeObjectRequest, type ObjectRequest, STATUS_STALE } from './object-request.ts';

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

  async fetch(content: Content, start: number, length: number): Promise<Buffer> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.#tryOnce({ content, start, length });
      } catch (error) {
        if (error instanceof StaleContentError) throw error;
        if (pause === FIRST_PAUSE_MS) this.#warn(`waiting for the server: ${String(error)}`);
      }
      await setTimeout(pause);
    }
  }

  async #tryOnce(request: ObjectRequest): Promise<Buffer> {
    const response = await this.#get(encodeObjectRequest(request));
    if (response.statusCode === 200) return readBody(response, request.length);
    response.resume();
    if (response.statusCode === STATUS_STALE) throw new StaleContentError(request.content);
    throw new Error(`the server answered ${response.statusCode}`);
  }

  #get(path: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      get({ socketPath: this.#socketPath, agent: this.#agent, path }, resolve).on('error', reject);
    });
  }
}

async function readBody(response: IncomingMessage, length: number): Promise<Buffer> {
  const block = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk) || at + chunk.length > length) throw new Error('the server sent too much');
    at += chunk.copy(block, at);
  }
  if (at !== length) throw new Error(`the server sent ${at} of ${length} bytes`);
  return block;
}
