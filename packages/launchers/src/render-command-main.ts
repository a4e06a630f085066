import { parseOptions, USAGE } from './command/options.ts';
import { renderCommand } from './command/render-command.ts';
import { runLauncher } from './run-launcher.ts';

/** The program `render-command`. */
void runLauncher({
  name: 'render-command',
  usage: USAGE,
  parse: (args) => parseOptions(args),
  run: renderCommand,
});
