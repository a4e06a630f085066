import { StringDecoder } from 'node:string_decoder';

/** A line longer than this is handed on in pieces, so that output without line breaks does not fill the memory. */
const LONGEST_LINE = 64 * 1024;

/** Makes lines of bytes as they come; a line's end may come later. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** The lines that are complete now, without their line breaks. */
  push(bytes: Uint8Array): string[] {
    const lines = (this.#rest + this.#decoder.write(Buffer.from(bytes))).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > LONGEST_LINE) {
      lines.push(this.#rest);
      this.#rest = '';
    }
    return lines.map((line) => line.replace(/\r$/, ''));
  }

  /** What is left when nothing more comes. */
  end(): string[] {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    return rest === '' ? [] : [rest];
  }
}
