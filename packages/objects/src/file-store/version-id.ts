import { randomBytes } from 'node:crypto';
import { NULL_VERSION } from '../types.ts';

/** Hex digits of the sequence in a version id: up to 2⁵³. */
const SEQUENCE_DIGITS = 14;
const RANDOM_BYTES = 9;

/** An id for a new version: 32 upper-case hex digits, the sequence and what nobody can guess. */
export function newVersionId(sequence: number): string {
  const digits = sequence.toString(16).padStart(SEQUENCE_DIGITS, '0');
  return (digits + randomBytes(RANDOM_BYTES).toString('hex')).toUpperCase();
}

/** Whether a version can have this id. */
export function isVersionId(text: string): boolean {
  return text === NULL_VERSION || /^[0-9A-F]{32}$/.test(text);
}

/** The sequence in an id, whether or not there is such a version: where a listing goes on. None in {@link NULL_VERSION}. */
export function sequenceOf(versionId: string): number | undefined {
  return versionId !== NULL_VERSION && isVersionId(versionId)
    ? Number.parseInt(versionId.slice(0, SEQUENCE_DIGITS), 16)
    : undefined;
}
