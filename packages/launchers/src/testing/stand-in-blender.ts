/**
 * A scripted Blender for unit tests: reads the arguments that the launchers use, writes small files and prints the lines that
 * Blender 3.4.1 was seen to print. What happens is in the scene file, as JSON (see Scene); a scene that is not JSON cannot
 * be read. The real one is held against the launchers by checks/in-image.sh.
 */
import { appendFileSync, mkdirSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { frameFileName } from '@rebatch/frames';
import { formatNamed } from '../render-formats.ts';
import { FRAME_LOOP } from '../render/frame-loop.ts';

interface Scene {
  /** Frames that are not saved, with the complaint that a real one prints. */
  readonly unsaved?: readonly number[];
  /** Frames that leave an empty file, as on a full disk. */
  readonly empty?: readonly number[];
  /** Printed as they are before rendering. */
  readonly says?: readonly string[];
  readonly exitCode?: number;
  /** Waits for a signal after the first frame. */
  readonly waits?: boolean;
}

/** Where the launcher answers. */
const CHANNEL = 3;

const args = process.argv.slice(2);
const record = process.env['STAND_IN_RECORD'];
if (record !== undefined)
  appendFileSync(record, `${JSON.stringify({ args, setup: process.env['REBATCH_RENDER_SETUP'] })}\n`);

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

say('Blender 3.4.1');
let scene: Scene | undefined;
let output = '';
let format = 'PNG';
const range = { first: 1, last: 250, step: 1 };
for (let index = 0; index < args.length && args[index] !== '--'; index += 1) {
  const arg = args[index] ?? '';
  const value = args[index + 1] ?? '';
  if (arg === '-o') output = value;
  else if (arg === '-F') format = value;
  else if (arg === '-s') range.first = Number(value);
  else if (arg === '-e') range.last = Number(value);
  else if (arg === '-j') range.step = Number(value);
  else if (arg === '-f') render(framesOf(value));
  else if (arg === '-a') render(animation());
  else if (arg === '--python-expr' && value === FRAME_LOOP) frameLoop();
  else if (!arg.startsWith('-')) scene = load(arg);
  if (
    ['-o', '-F', '-s', '-e', '-j', '-f', '-E', '-x', '-t', '--python-exit-code', '--python-expr'].includes(
      arg,
    )
  )
    index += 1;
}
say('');
say('Blender quit');
process.exitCode = scene?.exitCode ?? 0;

function load(path: string): Scene | undefined {
  let loaded: Scene | undefined;
  try {
    loaded = JSON.parse(readFileSync(path, 'utf8'));
    say(`Read blend: ${path}`);
  } catch {
    say(`Error: File format is not supported in file '${path}'`);
    say('');
    say('Blender quit');
    process.exit(1);
  }
  return loaded;
}

function framesOf(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('..').map((number) => Number(number.replace('+-', '-')));
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function animation(): number[] {
  const length = Math.floor((range.last - range.first) / range.step) + 1;
  return Array.from({ length }, (_, index) => range.first + index * range.step);
}

function render(frames: number[]): void {
  for (const line of scene?.says ?? []) say(line);
  if (formatNamed(format)?.kind === 'movie') {
    movie(frames);
    return;
  }
  for (const frame of frames)
    picture(frame, frameFileName(output, frame, formatNamed(format)?.extension ?? '.png'));
}

/** What FRAME_LOOP does. */
function frameLoop(): void {
  for (const line of scene?.says ?? []) say(line);
  for (;;) {
    writeSync(CHANNEL, 'next\n');
    const answer: { frame: number; path: string } | null = JSON.parse(readLine());
    if (answer === null) return;
    picture(answer.frame, answer.path);
  }
}

function readLine(): string {
  const byte = Buffer.alloc(1);
  let line = '';
  while (readSync(CHANNEL, byte) === 1 && byte[0] !== 0x0a) line += byte.toString('latin1');
  return line === '' ? 'null' : Buffer.from(line, 'latin1').toString();
}

function picture(frame: number, path: string): void {
  const head = `Fra:${frame} Mem:9.90M (Peak 10.83M) | Time:00:00.02`;
  say(`${head} | Mem:0.76M, Peak:0.76M | Scene, ViewLayer | Sample 0/64`);
  say(`${head} | Remaining:00:00.00 | Mem:0.84M, Peak:0.84M | Scene, ViewLayer | Sample 32/64`);
  say(`${head} | Mem:0.84M, Peak:0.84M | Scene, ViewLayer | Sample 64/64`);
  if (scene?.unsaved?.includes(frame) === true) {
    say(`Error: Render error (No space left on device) cannot save: '${path}'`);
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, scene?.empty?.includes(frame) === true ? '' : `picture of frame ${frame}`);
  say(`Saved: '${path}'`);
  say(' Time: 00:01.52 (Saving: 00:00.08)');
  say('');
  if (scene?.waits === true) waitForSignal();
}

function movie(frames: number[]): void {
  const path = `${output.replace(/#+$/, '')}0001-0003.avi`;
  say(`Created avi: ${path}`);
  for (const frame of frames) {
    if (scene?.unsaved?.includes(frame) === true) return;
    say(`Append frame ${frame}`);
    say(' Time: 00:01.52 (Saving: 00:00.08)');
  }
  writeFileSync(path, 'movie');
}

/** Blocks as a renderer does: nothing but a signal ends it. */
function waitForSignal(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
