import { finished } from 'node:stream/promises';
import type { Container } from 'dockerode';

/** Output of a helper that is kept for a message. */
const KEPT_BYTES = 2000;

/** Runs a short command inside a container, as root, to its end. */
export async function runInContainer(
  container: Container,
  command: readonly string[],
): Promise<{ exitCode: number; output: string }> {
  const exec = await container.exec({
    Cmd: [...command],
    User: '0:0',
    AttachStdout: true,
    AttachStderr: true,
    // One stream, without frames around its pieces.
    Tty: true,
  });
  const stream = await exec.start({ Tty: true });
  let output = '';
  stream.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-KEPT_BYTES);
  });
  await finished(stream, { writable: false });
  const { ExitCode: exitCode } = await exec.inspect();
  return { exitCode: exitCode ?? -1, output: output.trim() };
}
