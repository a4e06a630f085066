import { canonical } from '@rebatch/frames';
import { LONGEST_LIST } from '../share/share-progress.ts';
import type { BlenderComplaints } from './blender-complaints.ts';
import type { BlenderExit } from './run-blender.ts';

/** Lines for people on how a run ended; none when all went well. */
export function explainEnd(
  { code, signal }: BlenderExit,
  count: number,
  missing: readonly { readonly frame: number }[],
  complaints: BlenderComplaints,
): string[] {
  const lines: string[] = [];
  if (missing.length > 0) {
    const frames = canonical(missing.map(({ frame }) => frame));
    const shown = frames.length > LONGEST_LIST ? `${frames.slice(0, LONGEST_LIST)}…` : frames;
    lines.push(`${missing.length} of ${count} frames are missing: ${shown}`);
    lines.push(...complaints.lines().map((line) => `Blender said: ${line}`));
  }
  // When all files are there although Blender fell at the end, that is a success, and still worth a word.
  if (signal !== null) {
    const guess = signal === 'SIGKILL' && missing.length > 0 ? ' (often: out of memory)' : '';
    lines.push(`Blender was ended by ${signal}${guess}`);
  } else if (code !== 0) {
    lines.push(`Blender ended with exit code ${code}`);
  }
  return lines;
}
