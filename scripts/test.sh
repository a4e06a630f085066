#!/usr/bin/env bash
# The whole gate, from a fresh clone on: installs what is missing, builds the images, runs `npm run verify` and the whole-system tests.
# The last line on stdout counts the tests of both. Exits with 1 when anything failed.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

export NO_COLOR=1 TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
mkdir -p .cache
log=.cache/test.log
: >"$log"

scripts/ensure-node-modules.sh
scripts/ensure-docker.sh
scripts/images.sh
# The tests install somebody else's Python clients, in a virtual environment made by Debian's own interpreter.
/usr/bin/python3 -c 'import ensurepip' 2>/dev/null || install_packages python3 python3-venv
# A page of ours is shown in a real browser.
have chromium || install_packages chromium
# A Docker daemon that a test may kill gets a bridge of its own.
have ip || install_packages iproute2

failed_steps=()
step() {
  say "== $*"
  "$@" 2>&1 </dev/null | tee -a "$log" || failed_steps+=("$*")
}
# Both run whatever the first one says: whoever reads the result wants to know all of it.
step npm run --silent verify -- --continue=always
step npm run --silent e2e

# count WORD: sums vitest's closing lines, such as "Tests  2 failed | 40 passed | 1 skipped (43)".
count() {
  sed 's/\x1b\[[0-9;]*m//g' "$log" | awk -v word="$1" '
    /(^|[: ])Tests  / { for (i = 2; i <= NF; i++) if ($i == word) sum += $(i - 1) }
    END { print sum + 0 }'
}
passed=$(count passed)
failed=$(count failed)
skipped=$(count skipped)

for name in "${failed_steps[@]}"; do say "failed: $name"; done
# Named again here, each with its reason's first line: whoever sees only the end of a long log must still know what to mend.
sed 's/\x1b\[[0-9;]*m//g' "$log" | awk '
  lines == 40 { next }
  / FAIL  / { named = NR }
  / FAIL  / || (named && NR == named + 1) || /^Failed: / { lines++; print }' >&2
# A step can fail without a failed test (types, lint, a crash); the count must not look well then.
if [ "${#failed_steps[@]}" -gt 0 ] && [ "$failed" -eq 0 ]; then failed=${#failed_steps[@]}; fi
if [ "$passed" -eq 0 ]; then
  say 'failed: no test ran'
  failed=$((failed + 1))
fi
line="$passed passed, $failed failed"
if [ "$skipped" -gt 0 ]; then line="$line, $skipped skipped"; fi
printf '\n%s\n' "$line"
[ "$failed" -eq 0 ]
