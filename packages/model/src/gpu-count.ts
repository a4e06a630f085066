/** `ecs.gn6i-c4g1.xlarge`: 4 processors and 1 GPU for each share of the machine. */
const SHARED = /^ecs\.[a-z]*gn\w*-c(\d{1,3})g(\d{1,2})\.(?:(\d{0,3})x)?large$/;
const OTHER = /^ecs\.(?:[a-z]*gn|ga)\d/;
const PROCESSORS_OF_XLARGE = 4;
const PROCESSORS_OF_LARGE = 2;

/**
 * GPUs of an instance type, by the vendor's way of naming the families that have some (gn5 to gn8, vgn, ga1): processors are in
 * the size, and the processors of one share before it. 0 for all others.
 */
export function gpuCount(type: string): number {
  const match = SHARED.exec(type);
  if (match === null) return OTHER.test(type) ? 1 : 0;
  const [, perShare = '1', gpus = '1', times] = match;
  const processors = times === undefined ? PROCESSORS_OF_LARGE : PROCESSORS_OF_XLARGE * Number(times || '1');
  return Math.max(1, Math.floor(processors / Math.max(1, Number(perShare)))) * Number(gpus);
}
