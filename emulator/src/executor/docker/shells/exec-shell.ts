import { once } from 'node:events';
import { PassThrough, type Transform } from 'node:stream';
import type Docker from 'dockerode';
import { runInContainer } from '../nodes/run-in-container.ts';
import type { Shell, ShellRequest } from '../../shells.ts';
import { withoutFirstLine } from './without-first-line.ts';

/** Says its number before it becomes the command, so that the command can be ended: the engine has no word for that. */
const NUMBERED = ['/bin/sh', '-c', 'echo $$; exec "$@"', 'rebatch'];
const ANY_SHELL = ['/bin/sh', '-c', 'if command -v bash >/dev/null; then exec bash; else exec sh; fi'];
/** HUP is what a terminal sends when it goes away; who does not listen is ended a little later. */
const HANG_UP = 'kill -s HUP "$1" && sleep 2 && kill -s KILL "$1"';

/**
 * Runs a command in a running container, as root, `folder` being its work folder.
 *
 * @throws what the client throws when the engine refuses
 */
export async function execShell(
  docker: Docker,
  container: Docker.Container,
  { command, terminal }: ShellRequest,
  folder?: string,
): Promise<Shell> {
  const Tty = terminal !== undefined;
  const exec = await container.exec({
    Cmd: [...NUMBERED, ...(command.length === 0 ? ANY_SHELL : command)],
    User: '0:0',
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty,
    ...(terminal === undefined ? {} : { Env: [`TERM=${terminal.name}`] }),
    ...(folder === undefined ? {} : { WorkingDir: folder }),
  });
  const stream = await exec.start({ hijack: true, stdin: true, Tty });
  const resize = async (columns: number, rows: number): Promise<void> => {
    await exec.resize({ w: columns, h: rows });
  };
  if (terminal !== undefined) await resize(terminal.columns, terminal.rows).catch(() => undefined);
  const number = Promise.withResolvers<string>();
  const stdout: Transform = withoutFirstLine((line) => number.resolve(line.trim()));
  const stderr = new PassThrough();
  if (Tty) stream.pipe(stdout);
  else docker.modem.demuxStream(stream, stdout, stderr);
  const finish = (): void => {
    stdout.end();
    stderr.end();
  };
  stream.once('end', finish).once('close', finish).once('error', finish);
  return {
    stdin: stream,
    stdout,
    stderr,
    resize,
    ended: once(stream, 'close').then(async () => (await exec.inspect()).ExitCode ?? -1),
    hangUp() {
      stream.destroy();
      void number.promise
        .then((pid) => runInContainer(container, ['/bin/sh', '-c', HANG_UP, 'rebatch', pid]))
        // It has ended by itself, or its container has.
        .catch(() => undefined);
    },
  };
}
