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
import { plainCommand } from './plain-command.ts';

/** What render-command was asked for, checked word by word; nothing was looked up on disk yet. */
export interface CommandOptions {
  readonly command: string;
  /** `frame`: the command runs once for each frame; `chunk`: once for each range of frames. */
  readonly per: 'frame' | 'chunk';
  /** Absolute. */
  readonly scene?: string;
  readonly frames: string;
  /** Absolute, as is the other. */
  readonly inputDir: string;
  readonly outputDir: string;
  /** Of the pictures, with runs of `#`; absent: nobody looks for pictures. */
  readonly name?: string;
  readonly sharing: SharingOptions;
  /** Whether each frame gets a small picture, too. */
  readonly thumbnails: boolean;
}

export const USAGE = `usage: render-command --command TEXT --frames LIST [options]

Runs a command for this instance's share of the frames, with what to render in its variables, and checks that every picture
was written. Which instance of how many this is follows from BATCH_COMPUTE_DAG_INSTANCE_ID and
BATCH_COMPUTE_DAG_INSTANCE_COUNT; without them all frames are rendered.

  --command TEXT         what to run; sh reads it, and a variable is one word, whatever is in it, quotes or not
                         (or in $REBATCH_COMMAND, for an App)
  --per frame|chunk      once for each frame, or for each range of frames; default: frame if the command uses $FRAME
  --scene FILE           a relative one is looked for below --input-dir; default none (or in $REBATCH_SCENE)
  --frames LIST          such as 1-10, 1,3,5-10, 1-100x10,1-100, 1-100@
  --input-dir DIR        default /home/input/
  --output-dir DIR       default /home/output/result/
  --name PATTERN         pictures that must be there afterwards: # runs become the frame number, such as shot/####.exr
                         (or in $REBATCH_PICTURE_NAME); default: nobody looks
${SHARING_USAGE}
${THUMBNAILS_USAGE}
  --help

variables: FRAME OUTPUT_FILE (per frame); START_FRAME END_FRAME STEP FRAMES FRAME_COUNT; SCENE_FILE SCENE_DIR SCENE_NAME;
INPUT_LOCAL_DIR OUTPUT_LOCAL_DIR; CPU MEMORY_MB; INSTANCE_ID INSTANCE_COUNT

exit code: 0 every command ended with 0 and all pictures are there (or there is nothing to do), 1 not, 2 wrong usage`;

/** Stands for "none" where an App's input cannot be empty. */
const NONE = 'none';

/**
 * Reads the command line. An option with an empty value counts as not given.
 * @returns undefined when help was asked for
 * @throws LaunchError (wrong usage) that names the option
 */
export function parseOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): CommandOptions | undefined {
  const values = readArguments(args);
  if (values.help === true) return undefined;
  const command = plainCommand(values.command || env['REBATCH_COMMAND'] || '');
  if (command.trim() === '') throw wrongUsage('--command is missing: what to run');
  const frames = values.frames ?? '';
  if (frames.trim() === '') throw wrongUsage('--frames is missing: the frames to render, such as 1-10');
  const inputDir = resolve(values['input-dir'] || '/home/input/');
  const scene = given(values.scene || env['REBATCH_SCENE']);
  const name = given(values.name || env['REBATCH_PICTURE_NAME']);
  return {
    command,
    per: readPer(values.per, command),
    ...(scene === undefined ? {} : { scene: resolve(inputDir, scene) }),
    frames,
    inputDir,
    outputDir: resolve(values['output-dir'] || '/home/output/result/'),
    ...(name === undefined ? {} : { name: readName(name) }),
    sharing: readSharing(values),
    thumbnails: readSwitch('--thumbnails', values.thumbnails),
  };
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: spellOutSwitches(args),
      options: {
        command: text,
        per: text,
        scene: text,
        frames: text,
        'input-dir': text,
        'output-dir': text,
        name: text,
        claim: text,
        'chunk-seconds': text,
        resume: text,
        thumbnails: text,
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === NONE ? undefined : value;
}

function readPer(text: string | undefined, command: string): CommandOptions['per'] {
  if (text === undefined || text === '' || text === 'auto')
    return /\$(FRAME|OUTPUT_FILE)\b|\$\{(FRAME|OUTPUT_FILE)\b/.test(command) ? 'frame' : 'chunk';
  if (text === 'frame' || text === 'chunk') return text;
  throw wrongUsage(`--per is ${JSON.stringify(text)}; frame or chunk would fit`);
}

/** A name stays below the output folder: that is what is uploaded. */
function readName(name: string): string {
  if (name.startsWith('/') || name.endsWith('/') || name.includes('\0') || name.split('/').includes('..')) {
    throw wrongUsage(
      `--name is ${JSON.stringify(name)}; a name below the output folder such as shot/####.exr would fit`,
    );
  }
  return posix.normalize(name);
}

function wrongUsage(message: string): LaunchError {
  return new LaunchError(2, message);
}
