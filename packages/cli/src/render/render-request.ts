import { stat } from 'node:fs/promises';
import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import { canonical, type FrameList, FrameSyntaxError, parseFrames, pointAt } from '@rebatch/frames';
import { formatNamed, type RenderFormat, unknownFormat } from '@rebatch/launchers';
import { CliError, UsageError } from '../cli-error.ts';
import type { Options } from '../options/options.ts';
import { type Renderer, rendererOf } from './renderer.ts';

/** What `rebatch render` was asked for, checked as far as this machine can. */
export interface RenderRequest {
  renderer: Renderer;
  /** The file to open, below `sceneDir` when that is given. */
  scenePath: string;
  /** Folder to upload whole, with textures and linked files. */
  sceneDir?: string;
  /** The scene's name below the uploaded folder, with `/`. */
  sceneName: string;
  frames: FrameList;
  /** The shortest text for them. */
  frameText: string;
  format: RenderFormat;
  namePattern: string;
  /** Absolute. */
  outputDir: string;
  bucket: string;
  instances: number;
  /** Go on with the latest render of the scene. */
  resume: boolean;
  /** Values of the App's own inputs, by name; only those that were chosen. */
  inputs: Record<string, string>;
  timeoutSeconds?: number;
  retries: number;
}

/** @throws UsageError for what cannot be meant, CliError for a scene that is not there */
export async function readRenderRequest(options: Options, cwd: string): Promise<RenderRequest> {
  const sceneArgument = options.only('SCENE');
  const frames = readFrames(options.text('frames'));
  const format = readFormat(options.text('format') ?? 'PNG');
  const scenePath = resolve(cwd, sceneArgument);
  const sceneDirOption = options.text('scene-dir');
  const sceneDir = sceneDirOption === undefined ? undefined : resolve(cwd, sceneDirOption);
  await checkScene(scenePath, sceneArgument);
  const timeoutSeconds = options.integer('timeout', 1, 31_536_000);
  const stem = basename(scenePath, extname(scenePath));
  const renderer = rendererOf(scenePath);
  const stranger = renderer.strange.find((name) => options.text(name) !== undefined || options.flag(name));
  if (stranger !== undefined) throw new UsageError(`--${stranger} means nothing to the App ${renderer.app}`);
  const named = options.text('name') ?? renderer.pattern(safe(stem, renderer), format);
  const namePattern = readName(named, renderer);
  return {
    renderer,
    scenePath,
    ...(sceneDir === undefined ? {} : { sceneDir }),
    sceneName: sceneName(scenePath, sceneDir, renderer),
    frames,
    frameText: canonical(frames),
    format,
    namePattern,
    outputDir: resolve(cwd, options.text('output') ?? `${stem}-frames`),
    bucket: options.text('bucket') ?? 'rebatch',
    instances: Math.min(options.integer('instances', 1, 100_000) ?? 2, frames.length),
    resume: options.flag('resume'),
    inputs: { ...renderer.nameInputs(namePattern, format), ...readInputs(options, renderer) },
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    retries: options.integer('retries', 0, 100) ?? 1,
  };
}

function readFrames(text: string | undefined): FrameList {
  if (text === undefined) throw new UsageError('--frames is missing: the frames to render, such as 1-24');
  try {
    return parseFrames(text);
  } catch (error) {
    if (!(error instanceof FrameSyntaxError)) throw error;
    const [line = ''] = pointAt(error).split('\n');
    throw new UsageError(`--frames "${line.trim()}": ${error.message}`, { cause: error });
  }
}

function readFormat(name: string): RenderFormat {
  const format = formatNamed(name);
  if (format === undefined) throw new UsageError(`--format: ${unknownFormat(name)}`);
  return format;
}

async function checkScene(path: string, argument: string): Promise<void> {
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    found = await stat(path);
  } catch (error) {
    throw new CliError(`there is no scene ${argument}`, { cause: error });
  }
  if (!found.isFile()) throw new CliError(`the scene ${argument} is not a file`);
  if (found.size === 0) throw new CliError(`the scene ${argument} is empty`);
}

function safe(name: string, { unsafe }: Renderer): string {
  return name.replaceAll(new RegExp(unsafe, 'gu'), '_');
}

function sceneName(scenePath: string, sceneDir: string | undefined, renderer: Renderer): string {
  // On its own the scene can be renamed on its way; in a folder others may refer to it.
  if (sceneDir === undefined) return safe(basename(scenePath), renderer);
  const name = relative(sceneDir, scenePath).split(sep).join('/');
  if (name.startsWith('../') || name === '' || dirname(name) === '..') {
    throw new UsageError(`the scene must lie in --scene-dir ${sceneDir}`);
  }
  if (renderer.unsafe.test(name))
    throw new UsageError(`the scene's path must not hold quotes, "$" or "\\": ${name}`);
  return name;
}

function readName(pattern: string, { unsafe }: Renderer): string {
  const parts = pattern.split('/');
  if (pattern === '' || pattern.startsWith('/') || pattern.endsWith('/') || parts.includes('..')) {
    throw new UsageError(
      `--name must be a name below the output folder such as shot/####.png, not "${pattern}"`,
    );
  }
  if (unsafe.test(pattern)) throw new UsageError(`--name must not hold quotes, "$" or "\\": ${pattern}`);
  return pattern;
}

const ENGINES = ['CYCLES', 'EEVEE', 'WORKBENCH'];
const CLAIMS = ['auto', 'on', 'off'];
const DEVICES = ['CPU', 'CUDA', 'OPTIX', 'HIP', 'ONEAPI'];

function readInputs(options: Options, { unsafe }: Renderer): Record<string, string> {
  const inputs: Record<string, string> = {};
  const resolution = options.text('resolution');
  if (resolution !== undefined) {
    const match = /^(\d{1,5})x(\d{1,5})$/.exec(resolution);
    const sides = [Number(match?.[1]), Number(match?.[2])];
    if (match === null || sides.some((side) => side < 4 || side > 65_536)) {
      throw new UsageError(
        `--resolution must be width x height in pixels such as 480x270, not "${resolution}"`,
      );
    }
    inputs.resolution = resolution;
  }
  const camera = options.text('camera');
  if (camera !== undefined && unsafe.test(camera)) {
    throw new UsageError(`--camera must not hold quotes, "$" or "\\": ${camera}`);
  }
  if (camera !== undefined) inputs.camera = camera;
  const samples = options.integer('samples', 1, 16_777_216);
  if (samples !== undefined) inputs.samples = String(samples);
  const engine = choice('engine', options.text('engine'), ENGINES);
  if (engine !== undefined) inputs.engine = engine;
  const device = choice('device', options.text('device'), DEVICES);
  if (device !== undefined) inputs.device = device;
  if (options.flag('allow-scripts')) inputs.allow_scripts = 'yes';
  const claim = choice('claim', options.text('claim'), CLAIMS);
  if (claim !== undefined) inputs.claim = claim;
  if (options.flag('resume')) inputs.resume = 'yes';
  if (options.flag('no-thumbnails')) inputs.thumbnails = 'no';
  if (options.flag('preview-first')) inputs.instance_order = 'preview-first';
  return inputs;
}

function choice(option: string, value: string | undefined, known: readonly string[]): string | undefined {
  if (value === undefined) return undefined;
  const found = known.find((name) => name.toUpperCase() === value.toUpperCase());
  if (found === undefined)
    throw new UsageError(`--${option} must be one of ${known.join(', ')}, not "${value}"`);
  return found;
}
