/** What Linux, its shell or Wine would take for themselves. The image's program hands these on without the mark. */
const TAKEN =
  /^(?:path|pwd|oldpwd|home|user|shell|shlvl|hostname|_|term|temp|tmp|tmpdir|env|bash_env|ifs|ps\d|lang|language|lc_.*|ld_.*|wine.*|rebatch_.*)$/i;
const MARK = 'REBATCH_ENV_';

/** A job's own variables as they come through to a Windows program. */
export function markedForWindows(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [TAKEN.test(name) ? `${MARK}${name}` : name, value]),
  );
}
