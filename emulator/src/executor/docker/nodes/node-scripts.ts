import { LOG_FOLDER } from './node-folder.ts';

/**
 * Shell programs that run inside a machine. A running container cannot be given mounts, so a machine has one shared folder
 * from its beginning, and what an attempt (or the cluster) maps is put in place as links into it. What was there before
 * is kept aside and comes back.
 *
 * `put NUMBER TARGET SOURCE`, noted in $d; `take_back` undoes them, the last first.
 */
const LINKS = `
put() {
  parent=\${2%/*}
  [ -z "$parent" ] || mkdir -p "$parent" || return 1
  if [ -L "$2" ] || [ -e "$2" ]; then mv "$2" "$2.rebatch-kept" || return 1; fi
  printf '%s' "$2" >"$d/$1" && ln -s "$3" "$2"
}
take_back() {
  notes=
  for note in "$d"/*; do notes="$note $notes"; done
  for note in $notes; do
    [ -f "$note" ] || continue
    target=$(cat "$note")
    [ -L "$target" ] && rm -f "$target"
    if [ -L "$target.rebatch-kept" ] || [ -e "$target.rebatch-kept" ]; then mv "$target.rebatch-kept" "$target"; fi
    rm -f "$note"
  done
}
put_all() {
  n=100000
  while [ $# -gt 1 ]; do
    put $n "$1" "$2" || { echo "cannot put $1 in its place" >&2; return 1; }
    n=$((n + 1))
    shift 2
  done
}
`;

/** Sends a signal to every process that carries the attempt's mark in its environment. `signal_all SIGNAL ATTEMPT` */
const SIGNALS = `
signal_all() {
  found=1
  for p in /proc/[0-9]*; do
    case "$(cat "$p/environ" 2>/dev/null)" in
      *"REBATCH_ATTEMPT=<$2>"*) kill -s "$1" "\${p#/proc/}" 2>/dev/null && found=0 ;;
    esac
  done 2>/dev/null
  return $found
}
kill_all() {
  i=0
  while signal_all KILL "$1" && [ $i -lt 50 ]; do i=$((i + 1)); done
  return 0
}
`;

/** The mark that every process of an attempt inherits. */
export function markOf(attemptId: string): { REBATCH_ATTEMPT: string } {
  return { REBATCH_ATTEMPT: `<${attemptId}>` };
}

const SCRATCH = '/.rebatch/links';

/**
 * The life of a machine. Arguments: the bootstrap, then pairs of target and source. The bootstrap runs once, as root;
 * its exit code goes to a file of the shared folder, which is how the server learns of it, whenever it looks.
 */
const LIFE = `
${LINKS}
trap 'exit 0' TERM
boot=$1
shift
log=${LOG_FOLDER}
mkdir -p ${SCRATCH}/cluster ${SCRATCH}/attempt
if [ ! -f $log/exit-code ]; then
  d=${SCRATCH}/cluster
  code=0
  if ! put_all "$@" >>$log/output 2>&1; then
    code=125
  elif [ -n "$boot" ]; then
    /bin/sh -c "$boot" >>$log/output 2>&1 </dev/null
    code=$?
  fi
  echo $code >$log/exit-code.new
  mv $log/exit-code.new $log/exit-code
fi
while :; do
  sleep 86400 &
  wait $!
done
`;

/** Ends what is left of the last attempt and puts the tree back. */
const CLEAR = `
${LINKS}
${SIGNALS}
d=${SCRATCH}/attempt
occupant=$(cat $d/../occupant 2>/dev/null)
[ -z "$occupant" ] || kill_all "$occupant"
take_back
rm -f $d/../occupant
`;

export function lifeCommand(
  bootstrap: string,
  links: readonly { target: string; source: string }[],
): string[] {
  return ['/bin/sh', '-c', LIFE, 'rebatch-node', bootstrap, ...pairs(links)];
}

/** Makes the machine ready for an attempt, whatever the last one left. Ends with 0 when all is in place. */
export function occupyCommand(
  attemptId: string,
  links: readonly { target: string; source: string }[],
): string[] {
  const script = `${CLEAR}\nprintf '%s' "$1" >$d/../occupant\nshift\nput_all "$@"`;
  return ['/bin/sh', '-c', script, 'rebatch-occupy', attemptId, ...pairs(links)];
}

/** Puts the machine back as it was, if the attempt still has it. */
export function clearCommand(attemptId: string): string[] {
  const script = `[ "$(cat ${SCRATCH}/occupant 2>/dev/null)" = "$1" ] || exit 0\n${CLEAR}`;
  return ['/bin/sh', '-c', script, 'rebatch-clear', attemptId];
}

export function signalCommand(attemptId: string, signal: 'TERM' | 'KILL'): string[] {
  const act = signal === 'KILL' ? 'kill_all "$1"' : 'signal_all TERM "$1"';
  return ['/bin/sh', '-c', `${SIGNALS}\n${act}\nexit 0`, 'rebatch-signal', attemptId];
}

function pairs(links: readonly { target: string; source: string }[]): string[] {
  return links.flatMap(({ target, source }) => [target, source]);
}
