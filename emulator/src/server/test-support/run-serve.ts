import { serveCommand } from '../../index.ts';

process.exitCode = await serveCommand(process.argv.slice(2), process.env, {
  stdout: process.stdout,
  stderr: process.stderr,
});
