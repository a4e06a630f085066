import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Thrown when a program of the image could not do its work; the message is one line for people. */
export class ImageProgramError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ImageProgramError';
  }
}

/**
 * Runs a program of a container image over a local folder, which it sees as /frames. No shell is in between, nothing reaches
 * the network, and files belong to the user who called.
 * @throws ImageProgramError
 */
export async function runInImage(
  image: string,
  folder: string,
  program: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const uid = process.getuid?.();
  const user = uid === undefined ? [] : ['--user', `${uid}:${process.getgid?.() ?? uid}`];
  const options = ['--rm', '--network', 'none', ...user, '--volume', `${folder}:/frames`];
  try {
    await run('docker', ['run', ...options, image, ...program], { signal, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new ImageProgramError(reason(error), { cause: error });
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'docker is not installed here';
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim().split('\n') : [];
  return said.findLast((line) => line.trim() !== '' && !line.startsWith('See ')) ?? error.message;
}
