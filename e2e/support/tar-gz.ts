import { gzipSync } from 'node:zlib';

/** A gzip-compressed tar of small text files, as `bcs sub -p` would upload it (spec/batchcompute-api.md §11.1). */
export function tarGz(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => [
    header(name, Buffer.byteLength(text)),
    padded(text),
  ]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  block.write('0000644\0', 100);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function padded(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
