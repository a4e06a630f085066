import { LaunchError } from './launch-error.ts';
import { parseOptions, USAGE } from './render/options.ts';
import { renderBlender } from './render/render-blender.ts';

/** The program `render-blender`: errors become one line and an exit code. */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  return await renderBlender(options, {
    env: process.env,
    write: (line) => process.stdout.write(`${line}\n`),
    now: () => performance.now(),
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof LaunchError)) throw error;
    process.stderr.write(`render-blender: ${error.message}\n`);
    process.exitCode = error.exitCode;
  },
);
