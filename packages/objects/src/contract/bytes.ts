import type { BodySource } from '../object-store.ts';

/** A body of the given chunks. */
export async function* bodyOf(...chunks: (string | Uint8Array)[]): BodySource {
  for (const chunk of chunks) {
    yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
}

/** A body that breaks off, as when the client's line is cut. */
export async function* brokenBody(...chunks: (string | Uint8Array)[]): BodySource {
  yield* bodyOf(...chunks);
  throw new Error('the line was cut');
}

/** Bytes that differ from place to place, the same for the same seed. */
export function patternBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed * 2_654_435_761 + 1;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

export async function readAll(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
