import { parseMaxOptions, USAGE } from './max/options.ts';
import { renderMax } from './max/render-max.ts';
import { runLauncher } from './run-launcher.ts';

/** The program `render-3dsmax`. */
void runLauncher({ name: 'render-3dsmax', usage: USAGE, parse: parseMaxOptions, run: renderMax });
