import { posix, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LaunchError } from '../launch-error.ts';
import { formatNamed, type RenderFormat, unknownFormat } from '../render-formats.ts';
import {
  readSharing,
  readSwitch,
  SHARING_USAGE,
  type SharingOptions,
  spellOutSwitches,
} from '../share/sharing-options.ts';
import { THUMBNAILS_USAGE } from '../thumbnails/thumbnails-usage.ts';

/** What render-blender was asked for, checked word by word; nothing was looked up on disk yet. */
export interface RenderOptions {
  readonly scene: string;
  /** Where a relative `scene` is looked for. */
  readonly sceneDir: string;
  readonly frames: string;
  readonly format: RenderFormat;
  /** Absolute: Blender reports its files as they were named to it. */
  readonly outputDir: string;
  readonly name: string;
  readonly engine?: string;
  readonly resolution?: { readonly width: number; readonly height: number };
  readonly samples?: number;
  readonly device: string;
  readonly threads?: number;
  readonly allowScripts: boolean;
  readonly sharing: SharingOptions;
  /** Whether each frame gets a small picture, too. */
  readonly thumbnails: boolean;
  readonly verbose: boolean;
}

export const USAGE = `usage: render-blender --scene FILE --frames LIST [options]

Renders this instance's share of the frames in one Blender process and checks that every picture was written. Which
instance of how many this is follows from BATCH_COMPUTE_DAG_INSTANCE_ID and BATCH_COMPUTE_DAG_INSTANCE_COUNT; without
them all frames are rendered.

  --scene FILE           the .blend file; a relative one is looked for below --scene-dir
  --scene-dir DIR        default /home/input/
  --frames LIST          such as 1-10, 1,3,5-10, 1-100x10,1-100, 1-100@
  --format NAME          as Blender's -F: PNG (default), JPEG, OPEN_EXR, FFMPEG, ...
  --output-dir DIR       default /home/output/result/
  --name PATTERN         file name, # runs become the frame number; default ####; may hold folders
  --engine NAME          CYCLES, EEVEE or WORKBENCH; default, or "scene": the scene's
  --resolution WxH       in pixels; default, or "scene": the scene's
  --samples N            per pixel; default, or "scene": the scene's
  --device NAME          for Cycles: CPU (default), CUDA, OPTIX, HIP, ONEAPI
  --threads N            default: all cores
  --allow-scripts[=yes]  let scripts and drivers inside the scene run; =no (default)
${SHARING_USAGE}
${THUMBNAILS_USAGE}
  --verbose              print everything that Blender prints
  --help

exit code: 0 all frames of the share are there (or there is nothing to do), 1 the render failed, 2 wrong usage`;

const ENGINES: ReadonlyMap<string, string> = new Map([
  ['CYCLES', 'CYCLES'],
  ['EEVEE', 'BLENDER_EEVEE'],
  ['BLENDER_EEVEE', 'BLENDER_EEVEE'],
  ['WORKBENCH', 'BLENDER_WORKBENCH'],
  ['BLENDER_WORKBENCH', 'BLENDER_WORKBENCH'],
]);

/** Blender takes an unknown device for the CPU without a word (observed with 3.4.1), so the names are checked here. */
const DEVICES: ReadonlySet<string> = new Set(['CPU', 'CUDA', 'OPTIX', 'HIP', 'ONEAPI']);

/**
 * Reads the command line. An option with an empty value counts as not given: an App's command line names every option and
 * leaves empty what the caller did not choose.
 * @returns undefined when help was asked for
 * @throws LaunchError (wrong usage) that names the option
 */
export function parseOptions(args: readonly string[]): RenderOptions | undefined {
  const { values } = readArguments(args);
  if (values.help === true) return undefined;
  const scene = values.scene ?? '';
  const frames = values.frames ?? '';
  if (scene === '') throw wrongUsage('--scene is missing: the .blend file to render');
  if (frames.trim() === '') throw wrongUsage('--frames is missing: the frames to render, such as 1-10');
  const formatName = given(values.format) ?? 'PNG';
  const format = formatNamed(formatName);
  if (format === undefined) throw wrongUsage(unknownFormat(formatName));
  const engine = oneOf('--engine', chosen(values.engine), ENGINES);
  const resolution = readResolution(chosen(values.resolution));
  const samples = readCount('--samples', chosen(values.samples), 1, 16_777_216);
  const threads = readCount('--threads', given(values.threads), 1, 1024);
  return {
    scene,
    sceneDir: given(values['scene-dir']) ?? '/home/input/',
    frames,
    format,
    outputDir: resolve(given(values['output-dir']) ?? '/home/output/result/'),
    name: readName(given(values.name) ?? '####'),
    ...(engine === undefined ? {} : { engine }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(samples === undefined ? {} : { samples }),
    device: readDevice(given(values.device) ?? 'CPU'),
    ...(threads === undefined ? {} : { threads }),
    allowScripts: readSwitch('--allow-scripts', values['allow-scripts']),
    sharing: readSharing(values),
    thumbnails: readSwitch('--thumbnails', values.thumbnails),
    verbose: values.verbose === true,
  };
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: spellOutSwitches(args),
      options: {
        scene: text,
        'scene-dir': text,
        frames: text,
        format: text,
        'output-dir': text,
        name: text,
        engine: text,
        resolution: text,
        samples: text,
        device: text,
        threads: text,
        'allow-scripts': text,
        claim: text,
        'chunk-seconds': text,
        resume: text,
        thumbnails: text,
        verbose: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** `scene` says in a word what leaving out says: an App's input cannot have an empty default (spec/batchcompute-api.md §18). */
function chosen(value: string | undefined): string | undefined {
  return value?.toLowerCase() === 'scene' ? undefined : given(value);
}

/** `scene` says what leaving the option out says; App parameters need a word for it. */
function unlessSceneDecides(value: string | undefined): string | undefined {
  return value === 'scene' ? undefined : given(value);
}

function oneOf(
  option: string,
  value: string | undefined,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const name = unlessSceneDecides(value);
  if (name === undefined) return undefined;
  const known = names.get(name.toUpperCase());
  if (known === undefined) {
    throw wrongUsage(
      `${option} is ${JSON.stringify(name)}; one of ${[...names.keys()].join(', ')} would fit`,
    );
  }
  return known;
}

function readDevice(name: string): string {
  const device = name.toUpperCase();
  if (!DEVICES.has(device)) {
    throw wrongUsage(`--device is ${JSON.stringify(name)}; one of ${[...DEVICES].join(', ')} would fit`);
  }
  return device;
}

function readResolution(text: string | undefined): { width: number; height: number } | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,5})x(\d{1,5})$/i.exec(text);
  const width = Number(match?.[1]);
  const height = Number(match?.[2]);
  // Blender's own bounds for a render are 4 and 65536.
  if (match === null || width < 4 || height < 4 || width > 65_536 || height > 65_536) {
    throw wrongUsage(
      `--resolution is ${JSON.stringify(text)}; width x height in pixels such as 480x270 would fit`,
    );
  }
  return { width, height };
}

function readCount(
  option: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw wrongUsage(
      `${option} is ${JSON.stringify(text)}; a whole number from ${least} to ${most} would fit`,
    );
  }
  return value;
}

/** A name stays below the output folder: that is what is uploaded. `shot/` alone means `shot/####`. */
function readName(name: string): string {
  if (name.startsWith('/') || name.includes('\0') || name.split('/').includes('..')) {
    throw wrongUsage(
      `--name is ${JSON.stringify(name)}; a name below the output folder such as shot/#### would fit`,
    );
  }
  return posix.normalize(name.endsWith('/') ? `${name}####` : name);
}

function wrongUsage(message: string): LaunchError {
  return new LaunchError(2, message);
}
