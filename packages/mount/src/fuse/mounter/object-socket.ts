import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { decodeObjectRequest, type ObjectRequest, STATUS_STALE } from '../blocks/object-request.ts';

/**
 * Gives the mount daemon the bytes of objects, of exactly the version that it asks for. Works with every back end; who
 * may connect is decided by the socket's folder, which is root's alone.
 */
export class ObjectSocket {
  readonly #objects: ObjectStore;
  readonly #path: string;
  readonly #server: Server;

  constructor(objects: ObjectStore, path: string) {
    this.#objects = objects;
    this.#path = path;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  async listen(): Promise<void> {
    await rm(this.#path, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#path, resolve);
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = decodeObjectRequest(request.url ?? '');
    if (asked === undefined) return void response.writeHead(400).end();
    let status: number;
    try {
      if (await this.#send(asked, response)) return;
      status = STATUS_STALE;
    } catch (error) {
      if (response.headersSent) throw error;
      status = isGone(error) ? STATUS_STALE : 500;
    }
    response.writeHead(status).end();
  }

  /** False when the object is another one now. */
  async #send({ content, start, length }: ObjectRequest, response: ServerResponse): Promise<boolean> {
    const { bucket, key, etag, size } = content;
    const { info, body } = await this.#objects.get(bucket, key, { start, end: start + length - 1 });
    if (info.etag !== etag || info.size !== size) {
      body.destroy();
      return false;
    }
    response.writeHead(200, { 'content-length': length });
    await pipeline(body, response);
    return true;
  }
}

/** An object that became shorter refuses the range. */
function isGone(error: unknown): boolean {
  return (
    error instanceof ObjectStoreError &&
    ['NoSuchKey', 'NoSuchBucket', 'InvalidArgument', 'InvalidRange'].includes(error.code)
  );
}
