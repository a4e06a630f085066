import { dirname, resolve } from 'node:path';

/** What Blender would use if `-f` or `-a` came now; undefined where the scene decides. */
export interface RenderState {
  readonly cwd: string;
  /** Folder of the scene, for which `//` stands. */
  readonly folder: string;
  readonly output: string | undefined;
  readonly format: string | undefined;
  readonly extension: boolean | undefined;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly step: number;
}

/** Other options of Blender 3.4.1 that take a value, which must be taken neither for an option nor for a scene. */
const OTHERS_WITH_VALUE: ReadonlySet<string> = new Set(
  (
    '-E --engine -t --threads -P --python --python-text --python-expr --python-exit-code --addons --log --log-level ' +
    '--log-file --debug-value --verbose --app-template -setaudio --gpu-backend --env-system-datafiles ' +
    '--env-system-scripts --env-system-python'
  ).split(' '),
);

/** Follows a command line from left to right. */
export class SceneStates {
  #state: RenderState;

  constructor(cwd: string) {
    this.#state = asTheSceneSays(cwd, cwd);
  }

  get state(): RenderState {
    return this.#state;
  }

  /** Takes one argument. @returns how many of the next ones belong to it */
  take(option: string, value: string): number {
    const change = changeOf(option, value);
    if (change !== undefined) {
      this.#state = { ...this.#state, ...change };
      return 1;
    }
    if (OTHERS_WITH_VALUE.has(option)) return 1;
    // A scene brings its own output, format and range: what was said before it no longer holds.
    if (!option.startsWith('-'))
      this.#state = asTheSceneSays(this.#state.cwd, dirname(resolve(this.#state.cwd, option)));
    return 0;
  }
}

function asTheSceneSays(cwd: string, folder: string): RenderState {
  return {
    cwd,
    folder,
    output: undefined,
    format: undefined,
    extension: undefined,
    start: undefined,
    end: undefined,
    step: 1,
  };
}

function changeOf(option: string, value: string): Partial<RenderState> | undefined {
  switch (option) {
    case '-o':
    case '--render-output':
      return { output: value };
    case '-F':
    case '--render-format':
      return { format: value };
    case '-x':
    case '--use-extension':
      return { extension: value !== '0' && value !== 'false' };
    case '-s':
    case '--frame-start':
      return { start: plainNumber(value) };
    case '-e':
    case '--frame-end':
      return { end: plainNumber(value) };
    case '-j':
    case '--frame-jump':
      return { step: Math.max(1, plainNumber(value) ?? 1) };
    case '-S':
    case '--scene':
      return { output: undefined, format: undefined, start: undefined, end: undefined };
    default:
      return undefined;
  }
}

/** A sign makes a number relative to what the scene says. */
function plainNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
