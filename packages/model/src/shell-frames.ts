/**
 * What goes over an upgraded connection of a shell, both ways: a byte for the kind, four for the length of what follows (most
 * significant first), then that.
 */
export const SHELL_PROTOCOL = 'rebatch-shell';

export const SHELL_FRAMES = {
  /** To the server: bytes for the command; none: its input ends. */
  input: 0,
  /** To the client: bytes of the command. */
  output: 1,
  errors: 2,
  /** To the server: columns and rows of the terminal, two bytes each. */
  size: 3,
  /** To the client, last: the exit code, four bytes. */
  exit: 4,
} as const;

export interface ShellFrame {
  kind: number;
  content: Uint8Array;
}

const HEAD_BYTES = 5;
/** Longer content is none of ours. */
const MAX_CONTENT_BYTES = 1 << 20;

export function shellFrame(kind: number, content: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEAD_BYTES + content.length);
  frame[0] = kind;
  new DataView(frame.buffer).setUint32(1, content.length);
  frame.set(content, HEAD_BYTES);
  return frame;
}

/** The content of a frame of whole numbers, `bytes` each. */
export function shellNumbers(bytes: 2 | 4, ...numbers: number[]): Uint8Array {
  const content = new Uint8Array(bytes * numbers.length);
  const view = new DataView(content.buffer);
  for (const [index, number] of numbers.entries()) {
    if (bytes === 2) view.setUint16(index * bytes, number);
    else view.setInt32(index * bytes, number);
  }
  return content;
}

/** Reads back what {@link shellNumbers} wrote. */
export function readShellNumbers(bytes: 2 | 4, content: Uint8Array): number[] {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return Array.from({ length: Math.floor(content.length / bytes) }, (_, index) =>
    bytes === 2 ? view.getUint16(index * bytes) : view.getInt32(index * bytes),
  );
}

/** Takes frames out of bytes as they come. */
export class ShellFrameReader {
  #waiting: Uint8Array = new Uint8Array(0);

  /** The frames that are whole now. Throws a RangeError when the other side speaks something else. */
  push(chunk: Uint8Array): ShellFrame[] {
    const bytes = new Uint8Array(this.#waiting.length + chunk.length);
    bytes.set(this.#waiting);
    bytes.set(chunk, this.#waiting.length);
    const view = new DataView(bytes.buffer);
    const frames: ShellFrame[] = [];
    let at = 0;
    while (bytes.length - at >= HEAD_BYTES) {
      const length = view.getUint32(at + 1);
      if (length > MAX_CONTENT_BYTES)
        throw new RangeError('the other side does not speak the shell protocol');
      if (bytes.length - at - HEAD_BYTES < length) break;
      const start = at + HEAD_BYTES;
      frames.push({ kind: view.getUint8(at), content: bytes.subarray(start, start + length) });
      at = start + length;
    }
    this.#waiting = bytes.slice(at);
    return frames;
  }
}
