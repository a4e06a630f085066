import { posix, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LaunchError } from '../launch-error.ts';
import {
  readSharing,
  readSwitch,
  SHARING_USAGE,
  type SharingOptions,
  spellOutSwitches,
} from '../share/sharing-options.ts';
import { THUMBNAILS_USAGE } from '../thumbnails/thumbnails-usage.ts';

/** What render-3dsmax was asked for, checked word by word; nothing was looked up on disk yet. */
export interface MaxOptions {
  readonly scene: string;
  /** Where a relative `scene` is looked for. */
  readonly sceneDir: string;
  readonly frames: string;
  /** Absolute. */
  readonly outputDir: string;
  /** Name of the pictures; the frame's number goes before its ending. */
  readonly name: { readonly stem: string; readonly extension: string };
  readonly camera?: string;
  readonly resolution?: { readonly width: number; readonly height: number };
  readonly sharing: SharingOptions;
  /** Whether each frame gets a small picture, too. */
  readonly thumbnails: boolean;
  readonly verbose: boolean;
}

export const USAGE = `usage: render-3dsmax --scene FILE --frames LIST [options]

Renders this instance's share of the frames with 3ds Max and checks that every picture was written. 3dsmaxcmd gets ranges
without gaps only; a share with gaps is rendered in several runs. Which instance of how many this is follows from
BATCH_COMPUTE_DAG_INSTANCE_ID and BATCH_COMPUTE_DAG_INSTANCE_COUNT; without them all frames are rendered.

  --scene FILE           the .max file; a relative one is looked for below --scene-dir
  --scene-dir DIR        default D:\\
  --frames LIST          such as 1-10, 1,3,5-10, 1-100x10,1-100
  --output-dir DIR       default C:\\tmp\\
  --name FILE            test.jpg (default) gives test0001.jpg; the ending says the kind: jpg, png, tga, bmp, exr, ...
  --camera NAME          default, or "scene": the scene's
  --resolution WxH       in pixels; default, or "scene": the scene's
${SHARING_USAGE}
${THUMBNAILS_USAGE}
  --verbose              let 3dsmaxcmd say all it can
  --help

REBATCH_3DSMAXCMD names the program; else the newest 3dsmaxcmd.exe in C:\\Program Files\\Autodesk is taken.

exit code: 0 all frames of the share are there (or there is nothing to do), 1 the render failed, 2 wrong usage`;

/**
 * Reads the command line. An option with an empty value counts as not given, as an App's command line names every option.
 * @returns undefined when help was asked for
 * @throws LaunchError (wrong usage) that names the option
 */
export function parseMaxOptions(args: readonly string[]): MaxOptions | undefined {
  const values = readArguments(args);
  if (values.help === true) return undefined;
  const scene = values.scene ?? '';
  const frames = values.frames ?? '';
  if (scene === '') throw wrongUsage('--scene is missing: the .max file to render');
  if (frames.trim() === '') throw wrongUsage('--frames is missing: the frames to render, such as 1-10');
  const camera = chosen(values.camera);
  if (camera?.includes('"') === true) throw wrongUsage('--camera holds a quote, which 3dsmaxcmd cannot take');
  const resolution = readResolution(chosen(values.resolution));
  return {
    scene,
    sceneDir: values['scene-dir'] || 'D:\\',
    frames,
    outputDir: resolve(values['output-dir'] || 'C:\\tmp\\'),
    name: readName(values.name || 'test.jpg'),
    ...(camera === undefined ? {} : { camera }),
    ...(resolution === undefined ? {} : { resolution }),
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
        'output-dir': text,
        name: text,
        camera: text,
        resolution: text,
        claim: text,
        'chunk-seconds': text,
        resume: text,
        thumbnails: text,
        verbose: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** `scene` says in a word what leaving out says: an App's input cannot have an empty default (spec/batchcompute-api.md §18). */
function chosen(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value.toLowerCase() === 'scene' ? undefined : value;
}

function readResolution(text: string | undefined): { width: number; height: number } | undefined {
  if (text === undefined) return undefined;
  const match = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/i.exec(text);
  if (match === null) {
    throw wrongUsage(
      `--resolution is ${JSON.stringify(text)}; width x height in pixels such as 640x480 would fit`,
    );
  }
  return { width: Number(match[1]), height: Number(match[2]) };
}

/** A name stays below the output folder: that is what is uploaded. Without an ending 3ds Max would not know the kind. */
function readName(name: string): { stem: string; extension: string } {
  const slashed = name.replaceAll('\\', '/');
  const { dir, name: base, ext } = posix.parse(slashed);
  if (/^\/|[<>:"|?*\0]/.test(slashed) || slashed.split('/').includes('..') || base === '' || ext.length < 2) {
    throw wrongUsage(
      `--name is ${JSON.stringify(name)}; a name below the output folder with an ending, such as shot/test.jpg, would fit`,
    );
  }
  return { stem: posix.join(dir, base), extension: ext };
}

function wrongUsage(message: string): LaunchError {
  return new LaunchError(2, message);
}
