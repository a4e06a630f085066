import { BatchComputeError, ChecksumError, ConnectionError, OssError } from '@rebatch/client';
import { CliError, UsageError } from './cli-error.ts';
import { InterruptedError } from './process-io.ts';
import { printable } from './terminal/printable.ts';

/** What to do about a refusal, by its code. */
const ADVICE = new Map([
  ['InvalidAccessKeyId', 'check --access-key-id or $REBATCH_ACCESS_KEY_ID'],
  ['InvalidAccessKeyId.NotFound', 'check --access-key-id or $REBATCH_ACCESS_KEY_ID'],
  ['SignatureDoesNotMatch', 'check --access-key-secret or $REBATCH_ACCESS_KEY_SECRET'],
  ['InvalidTimeStamp.Expired', 'set the clock of this machine'],
  ['RequestTimeTooSkewed', 'set the clock of this machine'],
  ['NoSuchBucket', 'make it with "rebatch mb" or check its name with "rebatch ls"'],
  ['NoSuchKey', 'see what is there with "rebatch ls"'],
  ['InvalidSecurityToken.Expired', 'make a new key with "rebatch keys sts"'],
  ['SecurityTokenExpired', 'make a new key with "rebatch keys sts"'],
  ['MissingSecurityToken', 'give --security-token or $REBATCH_SECURITY_TOKEN'],
  ['QuotaExhausted', 'see "rebatch keys quota" on the server'],
  ['StateConflict', 'see its state with "rebatch jobs"'],
]);

/** One readable line for an error, and the exit code it stands for (architecture.md §6). */
export function describeError(error: unknown): { line: string; exitCode: 1 | 2 } {
  if (error instanceof UsageError) return { line: printable(error.message), exitCode: 2 };
  return { line: printable(sentence(error)), exitCode: 1 };
}

function sentence(error: unknown): string {
  if (error instanceof InterruptedError) return 'interrupted';
  if (error instanceof CliError || error instanceof ChecksumError) return error.message;
  if (error instanceof ConnectionError) {
    return `${error.message}: is the server running? start it with "rebatch serve", or give another --endpoint`;
  }
  if (error instanceof BatchComputeError || error instanceof OssError) return refusal(error);
  if (error instanceof TypeError || error instanceof RangeError) return error.message;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return fileTrouble(error, error.code);
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function refusal(error: BatchComputeError | OssError): string {
  const advice = ADVICE.get(error.code);
  const text = error.message.replace(/[.\s]+$/, '');
  const request = error.requestId === '' ? '' : ` [request ${error.requestId}]`;
  const where = error instanceof OssError ? `${error.resource}: ` : '';
  return `${where}${text} (${error.code}${advice === undefined ? '' : `; ${advice}`})${request}`;
}

const FILE_TROUBLE = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'is a folder; add -r to copy folders'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the file system is read-only'],
]);

function fileTrouble(error: Error, code: string): string {
  const path = 'path' in error && typeof error.path === 'string' ? `${error.path}: ` : '';
  return `${path}${FILE_TROUBLE.get(code) ?? error.message}`;
}
