import { close, fstat, open } from 'node:fs';
import type { Content } from './block.ts';
import type { BlockSource } from './block-source.ts';
import { stretchesOf } from './content-pieces.ts';
import { type FilePiece, fileIdentity } from './file-piece.ts';
import { OpenFiles } from './open-files.ts';
import { readRange } from './read-range.ts';

const MOST_OPEN_FILES = 256;
const MOST_KNOWN = 4096;

/**
 * Contents that the object store keeps as files of this host, read where they lie: no copy through the server, none in
 * the cache. A file that was opened stays readable although its object is replaced or deleted.
 */
export class LocalContents {
  readonly #source: BlockSource;
  readonly #open = new OpenFiles(MOST_OPEN_FILES);
  /** By content name, the longest unused first. */
  readonly #known = new Map<string, Promise<FilePiece[] | undefined>>();

  constructor(source: BlockSource) {
    this.#source = source;
  }

  /**
   * Fills `buffer` from byte `offset` of the content on. False when the content is elsewhere, or its files went.
   * @throws StaleContentError
   */
  async read(content: Content, name: string, buffer: Buffer, offset: number): Promise<boolean> {
    const pieces = await this.#piecesOf(content, name);
    if (pieces === undefined) return false;
    const isWhole = await this.#fill(pieces, name, buffer, offset);
    if (!isWhole) this.#known.delete(name);
    return isWhole;
  }

  #piecesOf(content: Content, name: string): Promise<FilePiece[] | undefined> {
    const known = this.#known.get(name);
    const pieces = known ?? this.#source.locate(content);
    this.#known.delete(name);
    this.#known.set(name, pieces);
    if (known === undefined) pieces.catch(() => this.#known.delete(name));
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return pieces;
  }

  async #fill(pieces: readonly FilePiece[], name: string, buffer: Buffer, offset: number): Promise<boolean> {
    let filled = 0;
    for (const { piece, index, from, at, length } of stretchesOf(pieces, offset, buffer.length)) {
      if (!(await this.#readPiece(piece, `${name}.${index}`, buffer, at, length, from))) return false;
      filled = at + length;
    }
    return filled === buffer.length;
  }

  /** False when the file is not there, another one, or too short. */
  async #readPiece(
    piece: FilePiece,
    name: string,
    buffer: Buffer,
    at: number,
    length: number,
    from: number,
  ): Promise<boolean> {
    try {
      const bytes = await this.#open.with(
        name,
        (fd) => readRange(fd, buffer, at, length, from),
        () => openPiece(piece),
      );
      return bytes === length;
    } catch (error) {
      if (error instanceof FileGoneError) return false;
      throw error;
    }
  }
}

/** Thrown when what has the path is not the file that the piece lies in. */
class FileGoneError extends Error {}

function openPiece({ path, identity }: FilePiece): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, 'r', (failure, fd) => {
      if (failure !== null) {
        reject(failure.code === 'ENOENT' ? new FileGoneError(path) : failure);
        return;
      }
      fstat(fd, { bigint: true }, (error, stats) => {
        if (error === null && fileIdentity(stats) === identity) {
          resolve(fd);
          return;
        }
        close(fd, () => reject(error ?? new FileGoneError(path)));
      });
    });
  });
}
