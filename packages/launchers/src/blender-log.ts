import type { Sample } from './progress-lines.ts';

/** What one line of Blender's output says. */
export type BlenderEvent =
  | {
      readonly kind: 'working';
      readonly frame: number;
      readonly peakMegabytes?: number;
      readonly sample?: Sample;
    }
  | { readonly kind: 'saved'; readonly path: string }
  | { readonly kind: 'appended'; readonly frame: number }
  | { readonly kind: 'time'; readonly seconds: number }
  | { readonly kind: 'setup'; readonly text: string }
  | { readonly kind: 'fatal'; readonly text: string }
  | { readonly kind: 'other'; readonly text: string };

/**
 * Lines after which no picture, or not the wanted one, comes out. All were observed with Blender 3.4.1, which ends with
 * exit code 0 after the ones marked 0.
 */
const FATAL = [
  /^Error: Cannot read file '/, // no such scene
  /^Error: File format is not supported in file '/, // not a .blend
  /^Error: Failed to read blend file '/, // truncated .blend
  /^Error: Loading .* failed/,
  /^Error: Format from '-F \/ --render-format' not known/, // 0, renders in the scene's own format
  /^Error: not a number '-f \/ --render-frame/, // 0
  /^Error: incorrect comma use '-f \/ --render-frame/, // 0
  /^Error: frame number must follow '-f \/ --render-frame'/, // 0
  /^Warning: negative range ignored '-f \/ --render-frame/, // 0
  /^Info: No frames rendered, skipped to not overwrite/, // 0
  /^Error: engine not found '/,
  /^Error: Cannot render, no camera/,
  /^Error: Found no Cycles device of the specified type/,
  /^Error: .* is not a valid Cycles device/, // 0, renders on the CPU
  /^Error: Render error \(.*\) cannot save: '/, // unwritable output, disk full
  /^Error: Build without OpenImageDenoiser/, // Debian's build and a scene with denoising on
  /^Error: script failed, /,
];

const WORKING = /^Fra:(-?\d+) Mem:[\d.]+M (?:\([^)]*?Peak ([\d.]+)M\) )?/;
const SAMPLE = /(?:Sample (\d+)\/(\d+)|Rendering (\d+) \/ (\d+) samples)/;

/** Reads one line of Blender's stdout. */
export function readBlenderLine(line: string): BlenderEvent {
  const working = WORKING.exec(line);
  if (working !== null) return readWorking(working, line);
  const saved = /^Saved: '(.*)'$/.exec(line);
  if (saved?.[1] !== undefined) return { kind: 'saved', path: saved[1] };
  const appended = /^Append frame (-?\d+)$/.exec(line);
  if (appended !== null) return { kind: 'appended', frame: Number(appended[1]) };
  const time = /^ Time: ([\d:.]+) \(Saving: /.exec(line);
  if (time?.[1] !== undefined) return { kind: 'time', seconds: readSeconds(time[1]) };
  const setup = /^rebatch-setup: (.*)$/.exec(line);
  if (setup?.[1] !== undefined) return { kind: 'setup', text: setup[1] };
  return { kind: FATAL.some((pattern) => pattern.test(line)) ? 'fatal' : 'other', text: line };
}

function readWorking(match: RegExpExecArray, line: string): BlenderEvent {
  const sample = SAMPLE.exec(line);
  return {
    kind: 'working',
    frame: Number(match[1]),
    ...(match[2] === undefined ? {} : { peakMegabytes: Number(match[2]) }),
    ...(sample === null
      ? {}
      : { sample: { done: Number(sample[1] ?? sample[3]), of: Number(sample[2] ?? sample[4]) } }),
  };
}

/** `00:01.52` or `1:00:01.52` in seconds. */
function readSeconds(text: string): number {
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}
