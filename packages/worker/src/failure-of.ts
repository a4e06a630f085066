import { MountError } from '@rebatch/mount';
import { ObjectStoreError } from '@rebatch/objects';
import { AttemptFailure } from './attempt-failure.ts';
import { SandboxError } from './sandbox/sandbox-error.ts';

/** Why an attempt ends that found no room on this host. */
export const DISK_FULL = {
  code: 'InternalError.DiskFull',
  message: 'The disk of this host is full. Free some space, then start the job again.',
} as const;

/** Code of an attempt whose image the engine does not have; the scheduler lets the task wait for it. */
export const IMAGE_MISSING = 'ImageMissing';

/** Code and text for people of whatever stopped an attempt. */
export function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof AttemptFailure) return { code: error.code, message: error.message };
  if (isDiskFull(error)) return DISK_FULL;
  if (error instanceof MountError) return { code: 'InvalidInputMapping', message: error.message };
  if (error instanceof SandboxError) {
    return {
      code: error.reason === 'no-image' ? IMAGE_MISSING : 'InternalError.Sandbox',
      message: error.message,
    };
  }
  return { code: 'InternalError', message: error instanceof Error ? error.message : String(error) };
}

/** Looks through causes, too: streams and mounts wrap what stopped them. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof ObjectStoreError && error.code === 'DiskFull') return true;
  if (error instanceof SandboxError && error.reason === 'no-space') return true;
  if ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) return true;
  return isDiskFull(error.cause);
}
