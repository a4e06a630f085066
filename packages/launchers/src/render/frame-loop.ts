/**
 * What Blender runs last (`--python-expr`): it asks on file descriptor 3 for a frame, renders it, and asks again, until the
 * answer is null. So one Blender renders all that an instance comes to take, the scene is read once, and names, order and
 * negative frames are ours to decide. An answer is one line of JSON: {"frame": 12, "path": "/home/output/result/0012.png"}.
 *
 * Blender itself prints what went wrong with a frame (observed with 3.4.1); the launcher finds that its picture is missing.
 */
export const FRAME_LOOP = `
import bpy, json, os
scene = bpy.context.scene
answers = os.fdopen(3, 'rb', closefd=False)
while True:
    os.write(3, b'next\\n')
    answer = json.loads(answers.readline() or b'null')
    if answer is None:
        break
    scene.frame_set(answer['frame'])
    scene.render.filepath = answer['path']
    try:
        bpy.ops.render.render(write_still=True)
    except RuntimeError:
        pass
`;

/** The answer to Blender's question; undefined: there is nothing left to do. */
export function frameAnswer(task: { frame: number; path: string } | undefined): string {
  return `${JSON.stringify(task ?? null)}\n`;
}
