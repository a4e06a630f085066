#!/usr/bin/env node
// Plain JavaScript, so that an older Node gets as far as saying what is wrong.
const OLDEST_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) >= OLDEST_MAJOR) {
  const { runStandalone } = await import('../src/standalone/run-standalone.ts');
  process.exitCode = await runStandalone(process.argv.slice(2), process.env, process);
} else {
  process.stderr.write(
    `rebatch-oss: Node ${process.versions.node} is too old (${OLDEST_MAJOR} or newer is needed); "npx @rebatch/oss" in the Rebatch folder uses the workspace's own\n`,
  );
  process.exitCode = 1;
}
