import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const source = dirname(dirname(fileURLToPath(import.meta.url)));
/** Compiled sources of launchers and stand-ins, for the next start: most of the time of a start is theirs. */
const COMPILED = join(source, '../node_modules/.cache/compiled');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the stand-in was started with. */
export interface Started {
  readonly args: readonly string[];
  readonly setup?: string;
}

/** A folder with scenes and stand-ins for Blender, 3ds Max and ffmpeg in which the launchers are run as programs. Dispose of it when done. */
export class Workshop implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'rebatch-launchers-'));
  readonly blender = join(this.folder, 'blender');

  readonly max = join(this.folder, '3dsmaxcmd');

  readonly ffmpeg = join(this.folder, 'ffmpeg');

  constructor() {
    this.#standIn(this.blender, 'stand-in-blender.ts');
    this.#standIn(this.max, 'stand-in-3dsmaxcmd.ts');
    this.#standIn(this.ffmpeg, 'stand-in-ffmpeg.ts');
  }

  #standIn(path: string, program: string): void {
    writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${join(source, 'testing', program)}' "$@"\n`);
    chmodSync(path, 0o755);
  }

  /** With which launchers find the stand-ins. */
  get variables(): Record<string, string> {
    return {
      REBATCH_BLENDER: this.blender,
      REBATCH_3DSMAXCMD: this.max,
      REBATCH_FFMPEG: this.ffmpeg,
      STAND_IN_RECORD: this.path('record'),
    };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a scene file; an object scripts the stand-in. */
  scene(name: string, content: object | string = {}): string {
    writeFileSync(this.path(name), typeof content === 'string' ? content : JSON.stringify(content));
    return this.path(name);
  }

  /** Starts a launcher from the source. */
  start(
    program: 'render-blender' | 'render-3dsmax' | 'render-command' | 'blender-front',
    args: readonly string[],
    env: Record<string, string> = {},
  ): ChildProcess {
    return spawn(process.execPath, [join(source, `${program}-main.ts`), ...args], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: COMPILED, ...this.variables, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async run(...start: Parameters<Workshop['start']>): Promise<Ended> {
    return await ended(this.start(...start));
  }

  /** Every start of the stand-in, first to last. */
  started(): Started[] {
    if (!existsSync(this.path('record'))) return [];
    return readFileSync(this.path('record'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): Started => JSON.parse(line));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function ended(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, ...texts };
}

/** Waits until the program prints a line that starts so. */
export async function lineThatStarts(child: ChildProcess, start: string): Promise<void> {
  if (child.stdout === null) throw new Error('the program has no stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(start)) return;
  }
  throw new Error(`no line started with ${start}`);
}
