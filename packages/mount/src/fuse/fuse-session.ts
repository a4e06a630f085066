import { read, writeSync, writev, writevSync } from 'node:fs';
import type { FuseContext } from './operations/operation.ts';
import { operationOf } from './operations/operations.ts';
import { ERRNO } from './protocol/errno.ts';
import { decodeInHeader, IN_HEADER_BYTES } from './protocol/in-header.ts';
import { OPCODE } from './protocol/opcodes.ts';
import { encodeNotifyResend, encodeOutHeader } from './protocol/out-header.ts';
import { errorReply, type Reply } from './reply.ts';

/** Each holds a thread of the pool while it waits. */
const READERS = 3;
const REQUEST_BYTES = 64 * 1024;
/** Replies up to this size are written at once: cheaper than a trip through the thread pool. */
const SMALL_REPLY = 64 * 1024;

/**
 * Answers the kernel's requests on an open /dev/fuse. Any process that holds the descriptor can: the kernel does not
 * mind who answers.
 */
export class FuseSession {
  readonly #fd: number;
  readonly #context: FuseContext;
  /** Names of the requests that are being worked on. */
  readonly #pending = new Set<bigint>();
  readonly #ended = Promise.withResolvers<void>();

  constructor(fd: number, context: FuseContext) {
    this.#fd = fd;
    this.#context = context;
  }

  /** Resolves when the file system was unmounted. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  start(): void {
    for (let reader = 0; reader < READERS; reader += 1) this.#readNext(Buffer.allocUnsafeSlow(REQUEST_BYTES));
  }

  /**
   * Asks the kernel for the requests again that a dead predecessor took and never answered. False when the kernel
   * cannot (before Linux 6.9).
   */
  resend(): boolean {
    try {
      writeSync(this.#fd, encodeNotifyResend());
      return true;
    } catch (error) {
      if (codeOf(error) === 'EINVAL') return false;
      throw error;
    }
  }

  #readNext(buffer: Buffer): void {
    read(this.#fd, buffer, 0, buffer.length, null, (error, bytes) => {
      if (error === null) {
        this.#handle(buffer.subarray(0, bytes));
      } else if (error.code === 'ENODEV') {
        this.#ended.resolve();
        return;
      } else if (error.code !== 'ENOENT' && error.code !== 'EINTR' && error.code !== 'EAGAIN') {
        // ENOENT: the request was taken back before it could be read.
        this.#ended.reject(error);
        return;
      }
      this.#readNext(buffer);
    });
  }

  #handle(request: Buffer): void {
    const { opcode, unique, nodeId } = decodeInHeader(request);
    const body = request.subarray(IN_HEADER_BYTES);
    if (opcode === OPCODE.interrupt) {
      this.#interrupt(body.readBigUInt64LE(0));
      return;
    }
    const reply = this.#answer(opcode, nodeId, body);
    if (!(reply instanceof Promise)) {
      this.#send(unique, reply);
      return;
    }
    this.#pending.add(unique);
    void reply.catch(this.#failed).then((late) => {
      if (this.#pending.delete(unique)) this.#send(unique, late);
      else if (late.kind === 'body') late.done?.();
    });
  }

  #answer(opcode: number, nodeId: bigint, body: Buffer): Reply | Promise<Reply> {
    try {
      return operationOf(opcode)(this.#context, { nodeId, body });
    } catch (error) {
      return this.#failed(error);
    }
  }

  readonly #failed = (error: unknown): Reply => {
    this.#context.warn(`a request failed: ${String(error)}`);
    return errorReply(ERRNO.EIO);
  };

  /** A program got a signal while it waits: it need not wait for the bytes. */
  #interrupt(unique: bigint): void {
    if (this.#pending.delete(unique)) this.#send(unique, errorReply(ERRNO.EINTR));
  }

  #send(unique: bigint, reply: Reply): void {
    if (reply.kind === 'none') return;
    const pieces = reply.kind === 'body' ? reply.pieces : [];
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const message = [encodeOutHeader(unique, reply.kind === 'error' ? reply.errno : 0, bytes), ...pieces];
    const done = reply.kind === 'body' ? reply.done : undefined;
    if (bytes <= SMALL_REPLY) {
      this.#sendNow(message);
      done?.();
      return;
    }
    writev(this.#fd, message, (error) => {
      done?.();
      if (error !== null) this.#sendFailed(error);
    });
  }

  #sendNow(message: Buffer[]): void {
    try {
      writevSync(this.#fd, message);
    } catch (error) {
      this.#sendFailed(error);
    }
  }

  /** ENOENT: nobody waits for the answer any more. ENODEV: unmounted, which the readers are told, too. */
  #sendFailed(error: unknown): void {
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'ENODEV') this.#context.warn(`a reply failed: ${String(error)}`);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
