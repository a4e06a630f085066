import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Clock } from '@rebatch/model';
import { locate } from '../layout/regions.ts';
import { EXIT_CODE_FILE, LOG_FOLDER_INSIDE } from '../sandbox/program-script.ts';
import type { SandboxEnd, Sandboxes, SandboxSpec, SandboxState } from '../sandbox/sandboxes.ts';

/** What a scripted program can do. */
interface Inside {
  spec: SandboxSpec;
  /** Host path of a path inside, which must lie in a bind. */
  path(inside: string): string;
  print(stream: 'stdout' | 'stderr', text: string): Promise<void>;
  /** Resolves when the sandbox gets SIGTERM. */
  terminated: Promise<void>;
}

/** Answers the exit code; never settles to run until it is killed. */
export type Program = (inside: Inside) => Promise<number>;

interface Box {
  spec: SandboxSpec;
  state: SandboxState;
  starts: number;
  terminate: () => void;
  terminated: Promise<void>;
  end: (end: SandboxEnd | undefined) => void;
  ended: Promise<SandboxEnd | undefined>;
}

/** Sandboxes that run a function of the test: the worker's own seam, so that its order of steps can be tested alone. */
export class ScriptedSandboxes implements Sandboxes {
  readonly boxes = new Map<string, Box>();
  program: Program = () => Promise.resolve(0);
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async find(attemptId: string): Promise<SandboxState | undefined> {
    return this.boxes.get(attemptId)?.state;
  }

  async create(spec: SandboxSpec): Promise<void> {
    const terminated = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<SandboxEnd | undefined>();
    this.boxes.set(spec.attemptId, {
      spec,
      state: { phase: 'created' },
      starts: 0,
      terminate: terminated.resolve,
      terminated: terminated.promise,
      end: ended.resolve,
      ended: ended.promise,
    });
  }

  async start(attemptId: string): Promise<void> {
    const box = this.#box(attemptId);
    box.starts += 1;
    box.state = { phase: 'running', startedAt: this.#clock.now() };
    const logs = this.#path(box, LOG_FOLDER_INSIDE);
    await writeFile(join(logs, 'stdout'), '', { flag: 'a' });
    await writeFile(join(logs, 'stderr'), '', { flag: 'a' });
    void this.#run(box, logs);
  }

  async wait(attemptId: string): Promise<SandboxEnd | undefined> {
    return this.boxes.get(attemptId)?.ended;
  }

  async terminate(attemptId: string): Promise<void> {
    this.#box(attemptId).terminate();
  }

  async kill(attemptId: string): Promise<void> {
    const box = this.#box(attemptId);
    if (box.state.phase !== 'ended') this.#end(box, { phase: 'ended', exitCode: 137, oomKilled: false });
  }

  async archive(): Promise<Readable | undefined> {
    return undefined;
  }

  async remove(attemptId: string): Promise<void> {
    this.boxes.get(attemptId)?.end(undefined);
    this.boxes.delete(attemptId);
  }

  async #run(box: Box, logs: string): Promise<void> {
    const exitCode = await this.program({
      spec: box.spec,
      terminated: box.terminated,
      path: (inside) => this.#path(box, inside),
      print: (stream, text) => appendFile(join(logs, stream), text),
    });
    if (box.state.phase === 'ended') return;
    await writeFile(join(logs, EXIT_CODE_FILE), `${exitCode}\n`);
    this.#end(box, { phase: 'ended', exitCode, oomKilled: false });
  }

  #end(box: Box, end: SandboxEnd): void {
    box.state = end;
    box.end(end);
  }

  #path(box: Box, inside: string): string {
    const regions = box.spec.binds.map(({ source, target }) => ({ host: source, target }));
    const place = locate(regions, inside);
    if (place === undefined) throw new Error(`${inside} lies in no bind`);
    return place.host;
  }

  #box(attemptId: string): Box {
    const box = this.boxes.get(attemptId);
    if (box === undefined) throw new Error(`no sandbox for ${attemptId}`);
    return box;
  }
}
