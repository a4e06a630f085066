import { LaunchError } from '../launch-error.ts';

/** How instances share their task's frames. */
export interface SharingOptions {
  /** `auto`: frames are claimed where several instances can, else split evenly. */
  readonly claim: 'auto' | 'on' | 'off';
  /** How long a chunk of claimed frames should take. */
  readonly chunkSeconds: number;
  /** Leave out frames whose picture is there and newer than the scene. */
  readonly resume: boolean;
  /** Then: not newer than the scene, but no older than this; in milliseconds since the epoch. */
  readonly resumeSince?: number;
}

export const SHARING_USAGE = `  --claim auto|on|off    on: take the next frames that no instance has, instead of an equal share; auto (default): on
                         where there are several instances and the object store is within reach
  --chunk-seconds N      claim as many frames at once as take about this long (default 30)
  --resume[=yes]         leave out frames whose picture is there and newer than the scene; =no (default);
                         =2026-05-01T12:00:00Z: no older than this, for a scene that was put there anew`;

const LONGEST_CHUNK = 86_400;

/** @throws LaunchError (wrong usage) that names the option */
export function readSharing(values: {
  claim?: string | undefined;
  'chunk-seconds'?: string | undefined;
  resume?: string | undefined;
}): SharingOptions {
  const claim = values.claim === undefined || values.claim === '' ? 'auto' : values.claim;
  if (claim !== 'auto' && claim !== 'on' && claim !== 'off') {
    throw new LaunchError(2, `--claim is ${JSON.stringify(claim)}; auto, on or off would fit`);
  }
  const text = values['chunk-seconds'] || '30';
  const chunkSeconds = /^\d{1,5}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(chunkSeconds <= LONGEST_CHUNK)) {
    throw new LaunchError(
      2,
      `--chunk-seconds is ${JSON.stringify(text)}; a number of seconds such as 30 would fit`,
    );
  }
  return { claim, chunkSeconds, ...readResume(values.resume) };
}

function readResume(value = ''): Pick<SharingOptions, 'resume' | 'resumeSince'> {
  const since = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(since)
    ? { resume: readSwitch('--resume', value) }
    : { resume: true, resumeSince: since };
}

/** Switches that mean yes when they are given alone; an App's command line gives them a value. */
const SWITCHES: ReadonlySet<string> = new Set(['--resume', '--thumbnails', '--allow-scripts']);

/** The words of a command line with each switch given its value. */
export function spellOutSwitches(args: readonly string[]): string[] {
  return args.map((arg) => (SWITCHES.has(arg) ? `${arg}=true` : arg));
}

/** @throws LaunchError (wrong usage) */
export function readSwitch(option: string, value: string | undefined): boolean {
  if (value === undefined || value === '' || value === 'false' || value === 'no') return false;
  if (value === 'true' || value === 'yes') return true;
  throw new LaunchError(2, `${option} is ${JSON.stringify(value)}; true or false would fit`);
}
