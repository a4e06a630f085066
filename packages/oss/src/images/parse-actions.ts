import { GRAVITIES, type ImageAction, type ImageFormat, type ResizeAction } from './image-action.ts';
import { invalidParameter, notServed } from './image-problems.ts';
import { type Parameters, readNumber, readWord, requireNumber, splitParameters } from './read-parameters.ts';

/** The vendor's bound for one side of a resized picture. */
const MAX_SIDE = 16_384;
const MAX_RADIUS = 4096;

/** More than anybody chains; each costs a pass over the picture. */
const MAX_ACTIONS = 20;

/** What OSS has and this store has not. */
const NOT_SERVED = ['watermark', 'average-hue'];

const READERS = new Map<string, (parameters: Parameters) => ImageAction>([
  ['resize', readResize],
  ['crop', readCrop],
  ['indexcrop', readIndexCrop],
  ['rotate', (all) => ({ kind: 'rotate', degrees: only(all, 'rotate', 0, 360, '0040-00000217') })],
  ['auto-orient', (all) => ({ kind: 'auto-orient', on: isOn(all, 'auto-orient', '0040-00000215') })],
  ['interlace', (all) => ({ kind: 'interlace', on: isOn(all, 'interlace') })],
  ['format', readFormat],
  ['quality', readQuality],
  ['blur', readBlur],
  ['bright', (all) => ({ kind: 'bright', value: only(all, 'bright', -100, 100) })],
  ['contrast', (all) => ({ kind: 'contrast', value: only(all, 'contrast', -100, 100) })],
  ['sharpen', (all) => ({ kind: 'sharpen', value: only(all, 'sharpen', 50, 399) })],
  ['circle', (all) => ({ kind: 'circle', radius: radius(all, 'circle', '0040-00000233') })],
  [
    'rounded-corners',
    (all) => ({ kind: 'rounded-corners', radius: radius(all, 'rounded-corners', '0040-00000237') }),
  ],
  ['info', () => ({ kind: 'info' })],
]);

/** Actions whose one value has no name: with more than one they are refused. */
const UNNAMED = ['rotate', 'auto-orient', 'interlace', 'bright', 'contrast', 'sharpen'];

/**
 * Reads `resize,w_100/rotate,90`. Names, ranges and the numbers of errors are those of the vendor's reference
 * (help.aliyun.com, OSS, image processing; error numbers 0040-…).
 * @throws ImageProblemError InvalidArgument, NotImplemented
 */
export function parseActions(text: string): ImageAction[] {
  const steps = text.split('/').filter((step) => step !== '');
  if (steps.length === 0) {
    throw invalidParameter('No image action is specified.', '0040-00000212');
  }
  if (steps.length > MAX_ACTIONS) {
    throw invalidParameter(`At most ${MAX_ACTIONS} actions can be chained.`);
  }
  const actions = steps.map(parseAction);
  if (actions.length > 1 && actions.some(({ kind }) => kind === 'info')) {
    throw invalidParameter('The info action cannot be used together with other actions.');
  }
  return actions;
}

function parseAction(step: string): ImageAction {
  const [name = '', ...parts] = step.split(',');
  if (NOT_SERVED.includes(name)) {
    throw notServed(`The image action ${name}`);
  }
  const read = READERS.get(name);
  if (read === undefined) {
    throw invalidParameter(`The image action: ${name} is invalid.`, '0040-00000213');
  }
  if (UNNAMED.includes(name) && parts.length > 1) {
    throw invalidParameter(`The image action: ${name} takes one parameter.`, '0040-00000203');
  }
  return read(splitParameters(parts));
}

function readResize(all: Parameters): ResizeAction {
  const side = (name: string, ec?: string): number | undefined =>
    readNumber(all, 'resize', name, { min: 1, max: MAX_SIDE, ...(ec !== undefined && { ec }) });
  const mode = readWord(all, 'resize', 'm', ['lfit', 'mfit', 'fill', 'pad', 'fixed'], '0040-00000311');
  const limit = readWord(all, 'resize', 'limit', ['0', '1'], '0040-00000319');
  const color = all.get('color') ?? 'FFFFFF';
  if (!/^[0-9a-f]{6}$/i.test(color)) {
    throw invalidParameter(`The value: ${color} of parameter: resize.color is invalid.`);
  }
  const sizes = {
    width: side('w', '0040-00000312'),
    height: side('h'),
    long: side('l', '0040-00000314'),
    short: side('s', '0040-00000315'),
    percent: readNumber(all, 'resize', 'p', { min: 1, max: 1000, ec: '0040-00000317' }),
  };
  const given = Object.entries(sizes).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    throw invalidParameter('The resize action needs a size.', '0040-00000321');
  }
  return {
    kind: 'resize',
    mode: mode ?? 'lfit',
    limited: limit !== '0',
    color,
    ...Object.fromEntries(given),
  };
}

function readCrop(all: Parameters): ImageAction {
  const length = (name: string, ec?: string): number =>
    readNumber(all, 'crop', name, { min: 0, max: 30_000, ...(ec !== undefined && { ec }) }) ?? 0;
  return {
    kind: 'crop',
    width: length('w', '0040-00000225'),
    height: length('h', '0040-00000226'),
    x: length('x'),
    y: length('y'),
    gravity: readWord(all, 'crop', 'g', GRAVITIES, '0040-00000209') ?? 'nw',
  };
}

/** When both lengths are given, the vertical one counts. */
function readIndexCrop(all: Parameters): ImageAction {
  const bounds = { min: 1, max: 30_000, ec: '0040-00000230' };
  const index = readNumber(all, 'indexcrop', 'i', { min: 0, max: 30_000 }) ?? 0;
  const y = readNumber(all, 'indexcrop', 'y', bounds);
  return y === undefined
    ? { kind: 'indexcrop', axis: 'x', length: requireNumber(all, 'indexcrop', 'x', bounds), index }
    : { kind: 'indexcrop', axis: 'y', length: y, index };
}

function readFormat(all: Parameters): ImageAction {
  const name = all.get('');
  if (name === undefined) {
    throw invalidParameter('The format action needs a format.', '0040-00000207');
  }
  if (['bmp', 'heic', 'heif'].includes(name)) {
    throw notServed(`The format ${name}`);
  }
  const formats: readonly (ImageFormat | 'jpeg')[] = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'];
  const format = readWord(all, 'format', '', formats, '0040-00000206') ?? 'jpg';
  return { kind: 'format', format: format === 'jpeg' ? 'jpg' : format };
}

function readQuality(all: Parameters): ImageAction {
  const bounds = { min: 1, max: 100 };
  const absolute = readNumber(all, 'quality', 'Q', bounds);
  const relative = readNumber(all, 'quality', 'q', bounds);
  if (absolute === undefined && relative === undefined) {
    throw invalidParameter('The quality action needs q or Q.');
  }
  return {
    kind: 'quality',
    ...(absolute !== undefined && { absolute }),
    ...(relative !== undefined && { relative }),
  };
}

function readBlur(all: Parameters): ImageAction {
  const bounds = { min: 1, max: 50 };
  return {
    kind: 'blur',
    radius: requireNumber(all, 'blur', 'r', bounds),
    sigma: requireNumber(all, 'blur', 's', bounds),
  };
}

function only(all: Parameters, action: string, min: number, max: number, ec?: string): number {
  return requireNumber(all, action, '', { min, max, ...(ec !== undefined && { ec }) });
}

function isOn(all: Parameters, action: string, ec?: string): boolean {
  return only(all, action, 0, 1, ec) === 1;
}

function radius(all: Parameters, action: string, ec: string): number {
  return requireNumber(all, action, 'r', { min: 1, max: MAX_RADIUS, ec });
}
