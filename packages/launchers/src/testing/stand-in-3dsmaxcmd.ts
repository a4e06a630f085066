/**
 * A scripted 3dsmaxcmd for unit tests: takes the words that the launcher uses, notes them in STAND_IN_RECORD, writes small files.
 * What happens is in the scene file, as JSON (see Scene). images/3dsmax holds one that draws and runs on Windows.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

interface Scene {
  /** Printed as it is before rendering. */
  readonly says?: string;
  /** Gives up at this frame. */
  readonly failsAt?: number;
  /** Pretends to have rendered this frame. */
  readonly silentAt?: number;
  readonly exitCode?: number;
  /** Digits of a frame's number; default 4. */
  readonly digits?: number;
  /** Waits for a signal after the first frame. */
  readonly waits?: boolean;
}

const args = process.argv.slice(2);
appendFileSync(process.env['STAND_IN_RECORD'] ?? '', `${JSON.stringify({ args })}\n`);
const valueOf = (option: string): string =>
  args.find((arg) => arg.startsWith(`-${option}=`))?.slice(option.length + 2) ?? '';
const scene: Scene = JSON.parse(readFileSync(args.at(-1) ?? '', 'utf8'));
const output = valueOf('o');
const [first = 0, last = first] = valueOf('frames').split('-').map(Number);

if (scene.says !== undefined) process.stdout.write(scene.says);
process.exitCode = scene.exitCode ?? 0;
for (let frame = first; frame <= last; frame += 1) {
  if (frame === scene.failsAt) {
    process.stdout.write(`Error rendering frame ${frame}: An unexpected exception has occurred\r\n`);
    break;
  }
  process.stdout.write(`Frame ${frame} assigned\r\n`);
  const number = String(frame).padStart(scene.digits ?? 4, '0');
  const file = output.replace(/(?=\.[^.]*$)/, number);
  if (frame !== scene.silentAt) writeFileSync(file, `picture of frame ${frame}`);
  if (scene.waits === true) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
