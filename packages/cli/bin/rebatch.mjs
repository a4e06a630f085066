#!/usr/bin/env node
// Plain JavaScript, since any Node may start it; everything behind it is TypeScript that Node 26 runs as it is. That
// Node comes with the workspace as the npm package `node`, so the system's one only has to get this far.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import v8 from 'node:v8';

const OLDEST_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) >= OLDEST_MAJOR) {
  // Started by an older Node (below): when that one is killed, nobody could reach this process any more.
  if (process.channel !== undefined && process.channel !== null) {
    process.channel.unref();
    process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  }
  // Compiled code is kept between runs: quicker starts, and some 25 MB less memory for the server.
  module.enableCompileCache();
  if (process.argv[2] === 'serve') {
    // Loading modules would make V8's young generation grow to 16 MB, which an idle server keeps for nothing. V8 reads this
    // flag each time it considers growing; four seconds later it may, as usual.
    v8.setFlagsFromString('--semi-space-growth-factor=1');
    setTimeout(() => v8.setFlagsFromString('--semi-space-growth-factor=2'), 4000).unref();
  }
  const { runProcess } = await import('../src/main.ts');
  await runProcess();
} else {
  const node = findNode();
  if (node === undefined) {
    process.stderr.write(
      `rebatch: Node ${process.versions.node} is too old (${OLDEST_MAJOR} or newer is needed) and the workspace's own is missing: run "npm ci" in the Rebatch folder\n`,
    );
    process.exitCode = 1;
  } else {
    runWith(node);
  }
}

function findNode() {
  try {
    const manifest = module.createRequire(import.meta.url).resolve('node/package.json');
    const program = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

function runWith(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // A terminal sends its interrupt to both processes; forwarding it, too, would make two of one.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`rebatch: cannot start ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code) => process.exit(code ?? 1));
}
