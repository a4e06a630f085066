import type { FrameList } from '@rebatch/frames';

/** Linux takes at most 128 KiB in one argument. */
const LONGEST_ARGUMENT = 100_000;

/**
 * The frames in the form that `-f` takes, in render order: numbers and ascending `a..b` with commas. Blender 3.4.1 ignores a
 * descending range ("negative range ignored"), so those are written out; a negative frame is written `+-5`, which is -5 when
 * the scene's first frame is 0 (see SCENE_SETUP).
 * @returns one text per `-f`, mostly a single one
 */
export function frameArguments(frames: FrameList): string[] {
  const texts: string[] = [];
  let text = '';
  for (const run of ascendingRuns(frames)) {
    const [first, last] = run;
    const element = first === last ? blenderNumber(first) : `${blenderNumber(first)}..${blenderNumber(last)}`;
    if (text.length + element.length > LONGEST_ARGUMENT) {
      texts.push(text);
      text = '';
    }
    text += text === '' ? element : `,${element}`;
  }
  return text === '' ? texts : [...texts, text];
}

function* ascendingRuns(frames: FrameList): Generator<[number, number]> {
  let run: [number, number] | undefined;
  for (const frame of frames) {
    if (run !== undefined && frame === run[1] + 1) {
      run[1] = frame;
      continue;
    }
    if (run !== undefined) yield run;
    run = [frame, frame];
  }
  if (run !== undefined) yield run;
}

function blenderNumber(frame: number): string {
  return frame < 0 ? `+${frame}` : String(frame);
}
