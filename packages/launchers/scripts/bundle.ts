import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Makes each launcher one CommonJS file without dependencies: an image needs Debian 12's nodejs (18) and that file.
 * `npm run bundle --workspace @rebatch/launchers` writes dist/; an argument names another folder.
 */
await build({
  entryPoints: {
    'render-blender': join(root, 'src/render-blender-main.ts'),
    'render-3dsmax': join(root, 'src/render-3dsmax-main.ts'),
    'render-command': join(root, 'src/render-command-main.ts'),
    'blender-front': join(root, 'src/blender-front-main.ts'),
  },
  outdir: process.argv[2] ?? join(root, 'dist'),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node18',
  legalComments: 'none',
  logLevel: 'warning',
});
