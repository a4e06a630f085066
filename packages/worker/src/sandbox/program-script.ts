import { KEY_VARIABLES } from '../key/key-file.ts';

/** Where the log folder appears inside a sandbox. */
export const LOG_FOLDER_INSIDE = '/.rebatch/logs';

/** Names in the log folder. */
export const STDOUT_FILE = 'stdout';
export const STDERR_FILE = 'stderr';
export const EXIT_CODE_FILE = 'exit-code';
/** The attempt's key (key/key-file.ts); absent when it has none. */
export const KEY_FILE = 'key';

/** Empty when none of the key's variables is set. */
const OWN_KEY = KEY_VARIABLES.map((name) => `\${${name}+x}`).join('');

/**
 * Runs the command line with its output going to files, so that the program never waits for the server and a restarted
 * server finds every byte. Between program and file stands a pipe with `cat` at its end: `echo … >/dev/stderr`, common
 * in scripts, would cut a plain file to nothing. Images without mkfifo or cat get the plain file.
 *
 * - TERM is trapped by a no-op and so reset to its default in the program, but never ends this script before the
 *   program; the cats ignore it, so that a program's last words are kept.
 * - The exit code goes to a file, too. Without that file the sandbox was ended from outside.
 * - The key's variables are set here, so that those of the image and of the job count more.
 * - A program that exits and leaves children holding its output gets two seconds; then the sandbox ends.
 */
const SCRIPT = `
d=${LOG_FOLDER_INSIDE}
: >>$d/${STDOUT_FILE}
: >>$d/${STDERR_FILE}
trap : TERM
if [ -f $d/${KEY_FILE} ] && [ -z "${OWN_KEY}" ]; then
  set -a
  . $d/${KEY_FILE}
  set +a
fi
if command -v cat >/dev/null && rm -f $d/out $d/err && mkfifo $d/out $d/err 2>/dev/null; then
  (trap '' TERM INT HUP; exec cat <$d/out >>$d/${STDOUT_FILE} 2>/dev/null) & out=$!
  (trap '' TERM INT HUP; exec cat <$d/err >>$d/${STDERR_FILE} 2>/dev/null) & err=$!
  /bin/sh -c "$1" >$d/out 2>$d/err
  code=$?
  trap '' TERM
  echo $code >$d/${EXIT_CODE_FILE}
  (sleep 2; kill -9 $out $err) >/dev/null 2>&1 &
  wait $out $err
else
  /bin/sh -c "$1" >>$d/${STDOUT_FILE} 2>>$d/${STDERR_FILE}
  code=$?
  echo $code >$d/${EXIT_CODE_FILE}
fi
exit $code
`;

/** The argument vector that runs `commandLine` (spec/batchcompute-api.md §11, 4: a shell reads it, inside). */
export function programCommand(commandLine: string): string[] {
  return ['/bin/sh', '-c', SCRIPT, 'rebatch', commandLine];
}
