import { parseOptions, USAGE } from './render/options.ts';
import { renderBlender } from './render/render-blender.ts';
import { runLauncher } from './run-launcher.ts';

/** The program `render-blender`. */
void runLauncher({ name: 'render-blender', usage: USAGE, parse: parseOptions, run: renderBlender });
