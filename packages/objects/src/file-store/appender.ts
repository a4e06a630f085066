import type { StoreContext } from './context.ts';
import type { StoredObject } from './sql/rows.ts';
import type { WrittenContent } from './write-content.ts';

/**
 * How a back end puts bytes behind those of an appendable object: a file gets longer (`appendInFile`), S3 objects
 * cannot, so that theirs are strung together (`appendSegments`). `old` is absent for the first bytes.
 * The caller has the object locked against other appends.
 */
export type Appender = (
  context: StoreContext,
  old: StoredObject | undefined,
  piece: WrittenContent,
) => Promise<WrittenPiece>;

/** Bytes that are durable and that no row counts yet. */
export interface WrittenPiece {
  /** Runs in the transaction that makes the object longer. Gives the content that has all bytes from then on. */
  attach(): { content: number; released: readonly number[] };
  /** After the transaction, whichever way it went. */
  settle(attached: boolean): void;
}
