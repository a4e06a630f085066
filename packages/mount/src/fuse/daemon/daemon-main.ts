/** The mount daemon's process. Arguments: see `daemonArguments`. */
import { flushCompileCache } from 'node:module';
import { pathsOf, PROTOCOL } from '../../host/mount-paths.ts';
import { runDaemon } from './daemon.ts';
import { parseDaemonArguments } from './daemon-options.ts';
import { mountFileSystem } from './mount-file-system.ts';

const INHERITED_FD = 3;
let hasTakenOver = false;

// At an orderly exit this would happen by itself.
flushCompileCache();
const { role, options } = parseDaemonArguments(process.argv.slice(2));
process.title = `rebatch-mount-${role} ${options.run}`;
// Whoever started it may end; it goes on.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGPIPE'] as const) process.on(signal, () => undefined);

// Whatever went wrong, the standby goes on.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${new Date().toISOString()} the mount daemon fails: ${String(error.stack)}\n`);
  die();
});

if (role === 'standby') {
  process.stdin.resume();
  for (const event of ['end', 'error'] as const) process.stdin.once(event, () => void takeOver());
} else {
  const fd = await mountFileSystem(pathsOf(options.state, options.run, options.protocol).fileSystem);
  await run(fd, false);
}

async function takeOver(): Promise<void> {
  if (hasTakenOver) return;
  hasTakenOver = true;
  // The daemon of another release started this from the files that are there now. What it served ends with it.
  if (options.protocol !== PROTOCOL) return die();
  process.title = `rebatch-mount-active ${options.run}`;
  await run(INHERITED_FD, true);
}

async function run(fd: number, isSuccessor: boolean): Promise<void> {
  await runDaemon(fd, options, isSuccessor);
  die();
}

/** An orderly exit would wait for the readers, and they for the kernel. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
