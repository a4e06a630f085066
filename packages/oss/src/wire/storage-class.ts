import { invalidArgument } from '../gateway/oss-errors.ts';

/** From warm to cold. */
const CLASSES = ['Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive'];

/** @throws OssError InvalidArgument */
export function readStorageClass(name = 'Standard'): string {
  const known = CLASSES.find((each) => each.toLowerCase() === name.toLowerCase());
  if (known === undefined) {
    throw invalidArgument(`A storage class is one of ${CLASSES.join(', ')}.`, 'x-oss-storage-class', name);
  }
  return known;
}

/** How cold a class is, for comparing it with another. */
export function coldness(storageClass: string): number {
  return CLASSES.indexOf(storageClass);
}
