/**
 * A scripted ffmpeg for unit tests: reads the words that the launchers use, and gives a short text for each picture instead of
 * a JPEG. A picture that holds `junk` cannot be read; with one that holds `hangs` it never ends. The real one is held against
 * the launchers by checks/in-image.sh.
 */
import { readFileSync, writeSync } from 'node:fs';

const args = process.argv.slice(2);
const pictures = args.flatMap((arg, index) => (args[index - 1] === '-i' ? [readFileSync(arg, 'utf8')] : []));
const outputs = args.flatMap((arg) => /^pipe:(\d+)$/.exec(arg)?.[1] ?? []);

if (pictures.includes('hangs')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
if (pictures.some((picture) => picture.startsWith('junk'))) {
  process.stderr.write('[png @ 0x55d4f1804240] Invalid PNG signature\nError while decoding stream #0:0\n');
  process.exit(1);
}
for (const [index, output] of outputs.entries()) writeSync(Number(output), `small ${pictures[index] ?? ''}`);
