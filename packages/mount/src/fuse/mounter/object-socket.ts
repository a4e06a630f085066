import { rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type ObjectInfo, type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import type { Content } from '../blocks/block.ts';
import { type FilePiece, fileIdentity } from '../blocks/file-piece.ts';
import {
  decodeFilesRequest,
  decodeObjectRequest,
  decodeUrlsRequest,
  type ObjectRequest,
  SMALL_CONTENTS_PATH,
  STATUS_ELSEWHERE,
  STATUS_STALE,
  STATUS_UNKNOWN,
  URL_SECONDS,
  type UrlPiece,
} from '../blocks/object-request.ts';
import { encodeSmallContents } from '../blocks/small-contents-answer.ts';

/**
 * Gives the mount daemon the bytes of objects, of exactly the version that it asks for, or says in which files they lie.
 * Works with every back end; who may connect is decided by the socket's folder, which is root's alone.
 */
export class ObjectSocket {
  readonly #objects: ObjectStore;
  readonly #path: string;
  readonly #server: Server;

  constructor(objects: ObjectStore, path: string) {
    this.#objects = objects;
    this.#path = path;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else response.writeHead(isGone(error) ? STATUS_STALE : 500).end();
      });
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
    const path = request.url ?? '';
    if (path === SMALL_CONTENTS_PATH) return this.#sendSmall(request, response);
    const bytes = decodeObjectRequest(path);
    if (bytes !== undefined) return this.#sendBytes(bytes, response);
    const located = decodeFilesRequest(path);
    if (located !== undefined) return this.#sendFiles(located, response);
    const linked = decodeUrlsRequest(path);
    if (linked !== undefined) return this.#sendUrls(linked, response);
    response.writeHead(STATUS_UNKNOWN).end();
  }

  async #sendBytes({ content, start, length }: ObjectRequest, response: ServerResponse): Promise<void> {
    const { bucket, key } = content;
    const { info, body } = await this.#objects.get(bucket, key, { start, end: start + length - 1 });
    if (!isSame(info, content)) {
      body.destroy();
      response.writeHead(STATUS_STALE).end();
      return;
    }
    response.writeHead(200, { 'content-length': length });
    await pipeline(body, response);
  }

  async #sendFiles(content: Content, response: ServerResponse): Promise<void> {
    const found = await this.#objects.localFiles(content.bucket, content.key);
    if (found === undefined) return void response.writeHead(STATUS_ELSEWHERE).end();
    if (!isSame(found.info, content)) return void response.writeHead(STATUS_STALE).end();
    const pieces: FilePiece[] = [];
    for (const piece of found.pieces) {
      pieces.push({ ...piece, identity: fileIdentity(await stat(piece.path, { bigint: true })) });
    }
    response.writeHead(200).end(JSON.stringify(pieces));
  }

  async #sendUrls(content: Content, response: ServerResponse): Promise<void> {
    const found = await this.#objects.directPieces(content.bucket, content.key, URL_SECONDS);
    if (found === undefined) return void response.writeHead(STATUS_ELSEWHERE).end();
    if (!isSame(found.info, content)) return void response.writeHead(STATUS_STALE).end();
    response.writeHead(200).end(JSON.stringify(found.pieces satisfies UrlPiece[]));
  }

  async #sendSmall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked: Content[] = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const found: (Buffer | undefined)[] = [];
    for (const content of asked) found.push(await this.#whole(content));
    response.writeHead(200).end(encodeSmallContents(found));
  }

  /** All bytes of a content; undefined when it is gone. */
  async #whole(content: Content): Promise<Buffer | undefined> {
    try {
      const { info, body } = await this.#objects.get(content.bucket, content.key);
      if (isSame(info, content)) return Buffer.concat(await body.toArray());
      body.destroy();
      return undefined;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }
}

function isSame(info: ObjectInfo, { etag, size }: Content): boolean {
  return info.etag === etag && info.size === size;
}

/** An object that became shorter refuses the range. */
function isGone(error: unknown): boolean {
  return (
    error instanceof ObjectStoreError &&
    ['NoSuchKey', 'NoSuchBucket', 'InvalidArgument', 'InvalidRange'].includes(error.code)
  );
}
