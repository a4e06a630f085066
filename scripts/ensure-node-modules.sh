#!/usr/bin/env bash
# Installs what package-lock.json names into node_modules, when it is not there yet or the lock file is newer.
# The runtime comes along as the npm package `node`: the system's Node only has to start npm.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

# locked NAME: the version of a package that package-lock.json names.
locked() { node -p "require('./package-lock.json').packages['node_modules/$1'].version"; }

# The one library of that runtime which a small Debian lacks.
/sbin/ldconfig -p | grep -q 'libatomic\.so\.1' || install_packages libatomic1

# npm writes this file last, so it also tells an install that was cut short.
installed=node_modules/.package-lock.json
if [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; then
  exit 0
fi

have npm || die "npm is missing: install Node.js with npm (Debian: apt-get install nodejs npm)"
say "Installing node modules (npm ci)"
# npm leaves out, without a word, the native parts of packages that do not name its own Node. So an old Node, such as Debian 12's,
# only fetches a newer npm and the Node to run it.
if ! node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major >= 22 || (major === "20" && minor >= 19) ? 0 : 1)'; then
  installer=.cache/installer
  npm install --prefix "$installer" --no-save --no-fund --no-audit --loglevel=error \
    "node@$(locked node)" "$(node -p 'require("./package.json").packageManager')" </dev/null >&2
  export PATH=$PWD/$installer/node_modules/.bin:$PATH
fi
npm ci --no-fund --no-audit --loglevel=error </dev/null >&2
touch "$installed"
