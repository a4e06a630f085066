/** Where the image keeps the real Blender; the `blender` on PATH is the front (spec/render.md §3). */
export function realBlender(env: NodeJS.ProcessEnv): string {
  const path = env['REBATCH_BLENDER'];
  return path === undefined || path === '' ? '/opt/rebatch/blender' : path;
}
