import { blenderFront } from './front/blender-front.ts';
import { LaunchError } from './launch-error.ts';

const complain = (text: string): void => {
  process.stderr.write(`blender: ${text}\n`);
};

blenderFront(process.argv.slice(2), process.env, process.cwd(), complain).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof LaunchError)) throw error;
    complain(error.message);
    process.exitCode = error.exitCode;
  },
);
