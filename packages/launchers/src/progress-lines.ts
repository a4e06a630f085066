/**
 * What a launcher says to programs, one line of stdout each, among the lines for people:
 *
 *     rebatch piece frames=1-12 count=12 instance=0 of=2
 *     rebatch frame=1 state=rendering
 *     rebatch frame=1 state=rendering sample=16/64
 *     rebatch frame=1 state=saved file=0001.png seconds=1.52 memory=120.50M
 *     rebatch frame=1 state=thumbnail file=.rebatch/job-0000000065F0A1B20000000000000001/thumbnails/render/1.jpg
 *     rebatch frame=2 state=missing file=0002.png
 *     rebatch frame=3 state=skipped file=0003.png
 *     rebatch done saved=11 missing=1 seconds=18.30
 *
 * Rules that stay: a line starts with `rebatch ` and holds blank-separated `key=value`; a value with a blank, a quote or a
 * control character is a JSON string; readers skip words and keys that they do not know. `file` is relative to the output
 * folder, that of a thumbnail to the folder that is uploaded (by hand: the output folder); `seconds` are wall-clock; `memory` is
 * the renderer's peak in MiB.
 */
export type ProgressLine =
  | {
      readonly kind: 'piece';
      /**
       * The piece in canonical form; left out when that is longer than a terminal can use, and when the instance claims frames
       * as it goes. Then `count` is an equal share, and the line comes again with more when more are claimed.
       */
      readonly frames?: string;
      readonly count: number;
      readonly instance: number;
      readonly of: number;
    }
  | { readonly kind: 'rendering'; readonly frame: number; readonly sample?: Sample }
  | {
      /** `appended`: the frame went into the movie `file`; the file is whole only at `done`. */
      readonly kind: 'saved' | 'appended';
      readonly frame: number;
      readonly file: string;
      readonly seconds?: number;
      readonly megabytes?: number;
    }
  | { readonly kind: 'missing'; readonly frame: number; readonly file: string }
  /** Its picture was there before. */
  | { readonly kind: 'skipped'; readonly frame: number; readonly file: string }
  /** There is a small picture of the frame; it may come long after `saved`, and not at all. */
  | { readonly kind: 'thumbnail'; readonly frame: number; readonly file: string }
  | { readonly kind: 'done'; readonly saved: number; readonly missing: number; readonly seconds: number };

export interface Sample {
  readonly done: number;
  readonly of: number;
}

/** The line, without a line break. */
export function formatProgressLine(line: ProgressLine): string {
  const words = ['rebatch', ...wordsOf(line)];
  return words.join(' ');
}

function wordsOf(line: ProgressLine): string[] {
  if (line.kind === 'piece') {
    const { frames, count, instance, of } = line;
    return [
      'piece',
      ...pair('frames', frames),
      ...pair('count', count),
      ...pair('instance', instance),
      ...pair('of', of),
    ];
  }
  if (line.kind === 'done') {
    const { saved, missing, seconds } = line;
    return [
      'done',
      ...pair('saved', saved),
      ...pair('missing', missing),
      ...pair('seconds', seconds.toFixed(2)),
    ];
  }
  const words = [...pair('frame', line.frame), ...pair('state', line.kind)];
  if (line.kind === 'rendering') {
    if (line.sample !== undefined) words.push(...pair('sample', `${line.sample.done}/${line.sample.of}`));
    return words;
  }
  words.push(...pair('file', line.file));
  if (line.kind !== 'saved' && line.kind !== 'appended') return words;
  words.push(...pair('seconds', line.seconds?.toFixed(2)));
  words.push(...pair('memory', line.megabytes === undefined ? undefined : `${line.megabytes.toFixed(2)}M`));
  return words;
}

function pair(key: string, value: string | number | undefined): string[] {
  if (value === undefined) return [];
  const text = String(value);
  return [`${key}=${/^[^\s"\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text)}`];
}

/** Reads one line of a log; undefined when it is not a progress line of a kind known here. */
export function parseProgressLine(text: string): ProgressLine | undefined {
  if (!text.startsWith('rebatch ')) return undefined;
  const values = readPairs(text);
  if (text.startsWith('rebatch piece ')) return readPiece(values);
  if (text.startsWith('rebatch done ')) return readDone(values);
  return readFrame(values);
}

function readPairs(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/ ([a-z]+)=("(?:[^"\\]|\\.)*"|[^\s"]*)/g)) {
    values.set(key, value.startsWith('"') ? unquote(value) : value);
  }
  return values;
}

function unquote(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

function readPiece(values: ReadonlyMap<string, string>): ProgressLine | undefined {
  const [count, instance, of] = numbers(values, 'count', 'instance', 'of');
  if (count === undefined || instance === undefined || of === undefined) return undefined;
  const frames = values.get('frames');
  return { kind: 'piece', ...(frames === undefined ? {} : { frames }), count, instance, of };
}

function readDone(values: ReadonlyMap<string, string>): ProgressLine | undefined {
  const [saved, missing, seconds] = numbers(values, 'saved', 'missing', 'seconds');
  if (saved === undefined || missing === undefined || seconds === undefined) return undefined;
  return { kind: 'done', saved, missing, seconds };
}

function readFrame(values: ReadonlyMap<string, string>): ProgressLine | undefined {
  const [frame, seconds, megabytes] = numbers(values, 'frame', 'seconds', 'memory');
  const kind = values.get('state');
  const file = values.get('file');
  if (frame === undefined) return undefined;
  if (kind === 'rendering') {
    const sample = readSample(values.get('sample'));
    return { kind, frame, ...(sample === undefined ? {} : { sample }) };
  }
  if (file === undefined) return undefined;
  if (kind === 'missing' || kind === 'skipped' || kind === 'thumbnail') return { kind, frame, file };
  if (kind !== 'saved' && kind !== 'appended') return undefined;
  return {
    kind,
    frame,
    file,
    ...(seconds === undefined ? {} : { seconds }),
    ...(megabytes === undefined ? {} : { megabytes }),
  };
}

function readSample(text: string | undefined): Sample | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text ?? '');
  return match === null ? undefined : { done: Number(match[1]), of: Number(match[2]) };
}

function numbers(values: ReadonlyMap<string, string>, ...keys: string[]): (number | undefined)[] {
  return keys.map((key) => {
    const match = /^-?\d+(\.\d+)?/.exec(values.get(key) ?? '');
    return match === null ? undefined : Number(match[0]);
  });
}
