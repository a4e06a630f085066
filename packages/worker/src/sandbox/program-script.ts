import type { Contract } from '../contract.ts';
import { KEY_VARIABLES } from '../key/key-file.ts';

/** Where the log folder appears inside a sandbox. */
export const LOG_FOLDER_INSIDE = '/.rebatch/logs';

/** Names in the log folder. */
export const STDOUT_FILE = 'stdout';
export const STDERR_FILE = 'stderr';
export const EXIT_CODE_FILE = 'exit-code';
/** The attempt's key (key/key-file.ts); absent when it has none. */
export const KEY_FILE = 'key';
/** Made when the sandbox is started for somebody to look into it: then the program is not run. */
export const HOLD_FILE = 'hold';

const NOWHERE = '/dev/null';

/** Empty when none of the key's variables is set. */
const OWN_KEY = KEY_VARIABLES.map((name) => `\${${name}+x}`).join('');

/**
 * Runs the program that its arguments are, from the third on, with its output going to the files that the first two name,
 * so that the program never waits for the server and a restarted server finds every byte. Between program and file stands
 * a pipe with `cat` at its end: `echo … >/dev/stderr`, common in scripts, would cut a plain file to nothing. Images
 * without mkfifo or cat get the plain file.
 *
 * - It goes no further when it ran before: an engine that died while it started a sandbox may start it once more, and no
 *   program runs twice.
 * - TERM is trapped by a no-op and so reset to its default in the program, but never ends this script before the
 *   program; the cats ignore it, so that a program's last words are kept.
 * - The exit code goes to a file, too, unless the program wrote it there. Without that file the sandbox was ended from
 *   outside.
 * - The key's variables are set here, so that those of the image and of the job count more.
 * - Variables that are set before the program starts have names of our own: the job's must come through.
 * - A program that exits and leaves children holding its output gets two seconds; then the sandbox ends.
 */
const SCRIPT = `
_rebatch=${LOG_FOLDER_INSIDE}
if [ -e $_rebatch/${HOLD_FILE} ]; then
  trap 'exit 0' TERM
  while sleep 3600 & wait $!; do :; done
fi
_rebatch_out=$1 _rebatch_err=$2
shift 2
(set -C; : >$_rebatch/${STDOUT_FILE}) 2>/dev/null || exit 125
: >>$_rebatch/${STDERR_FILE}
trap : TERM
if [ -f $_rebatch/${KEY_FILE} ] && [ -z "${OWN_KEY}" ]; then
  set -a
  . $_rebatch/${KEY_FILE}
  set +a
fi
if command -v cat >/dev/null && rm -f $_rebatch/out $_rebatch/err && mkfifo $_rebatch/out $_rebatch/err 2>/dev/null; then
  (trap '' TERM INT HUP; exec cat <$_rebatch/out >>$_rebatch_out 2>/dev/null) & _rebatch_out=$!
  (trap '' TERM INT HUP; exec cat <$_rebatch/err >>$_rebatch_err 2>/dev/null) & _rebatch_err=$!
  "$@" >$_rebatch/out 2>$_rebatch/err
  code=$?
  trap '' TERM
  [ -s $_rebatch/${EXIT_CODE_FILE} ] || echo $code >$_rebatch/${EXIT_CODE_FILE}
  (sleep 2; kill -9 $_rebatch_out $_rebatch_err) >/dev/null 2>&1 &
  wait $_rebatch_out $_rebatch_err
else
  "$@" >>$_rebatch_out 2>>$_rebatch_err
  code=$?
  [ -s $_rebatch/${EXIT_CODE_FILE} ] || echo $code >$_rebatch/${EXIT_CODE_FILE}
fi
exit $code
`;

/**
 * Of images with Windows programs: runs its second argument as Windows would, and writes the whole exit code, of which Linux
 * has eight bits only, to the file that the first one names.
 */
export const WINDOWS_PROGRAM = '/usr/lib/rebatch/windows-program';

/** Which of its streams somebody wants; the others are dropped at once, so that they take no room. */
export interface WantedStreams {
  stdout: boolean;
  stderr: boolean;
}

/**
 * The argument vector that runs `commandLine`: a shell reads it, inside (spec/batchcompute-api.md §11, 4). On Windows no
 * shell of Linux does, so that backslashes and quotes come through.
 */
export function programCommand(commandLine: string, contract: Contract, wanted: WantedStreams): string[] {
  const program =
    contract === 'windows'
      ? [WINDOWS_PROGRAM, `${LOG_FOLDER_INSIDE}/${EXIT_CODE_FILE}`, commandLine]
      : ['/bin/sh', '-c', commandLine];
  const files = [
    wanted.stdout ? `${LOG_FOLDER_INSIDE}/${STDOUT_FILE}` : NOWHERE,
    wanted.stderr ? `${LOG_FOLDER_INSIDE}/${STDERR_FILE}` : NOWHERE,
  ];
  return ['/bin/sh', '-c', SCRIPT, 'rebatch', ...files, ...program];
}
