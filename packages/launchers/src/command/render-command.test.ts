import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { parseProgressLine } from '../index.ts';
import { ended, lineThatStarts, Workshop } from '../testing/launched.ts';
import { openObjectGateway } from '../testing/object-gateway.ts';

const progress = (stdout: string) => stdout.split('\n').flatMap((line) => parseProgressLine(line) ?? []);

/** Writes the picture that is expected. */
const DRAW = 'echo picture >"$OUTPUT_FILE"';

function args(shop: Workshop, command: string, frames: string): string[] {
  const folders = ['--input-dir', shop.folder, '--output-dir', shop.path('out')];
  return ['--command', command, '--frames', frames, ...folders];
}

describe('render-command', () => {
  test('runs the command once for each frame that it names, and looks for every picture', async () => {
    using shop = new Workshop();
    const named = [...args(shop, `${DRAW}; echo at $FRAME`, '1-3'), '--name', 'shot/##.exr'];
    const { code, stdout } = await shop.run('render-command', named);
    expect(code).toBe(0);
    expect(stdout).toContain('at 1\n');
    expect(progress(stdout).filter(({ kind }) => kind === 'saved' || kind === 'done')).toMatchObject([
      ...[1, 2, 3].map((frame) => ({
        kind: 'saved',
        frame,
        file: `shot/0${frame}.exr`,
        seconds: expect.any(Number),
      })),
      { kind: 'done', saved: 3, missing: 0, seconds: expect.any(Number) },
    ]);
    expect(readdirSync(shop.path('out/shot'))).toEqual(['01.exr', '02.exr', '03.exr']);
  });

  test.runIf(process.platform === 'linux')('tells how much memory the command had', async () => {
    using shop = new Workshop();
    const command = `sleep 0.05; ${DRAW}`;
    // The system tells of a program's memory some milliseconds late: on a busy machine this one may be over before.
    const seen = await vi.waitUntil(async () => {
      const { stdout } = await shop.run('render-command', [...args(shop, command, '1'), '--name', '#.png']);
      return progress(stdout).find((line) => line.kind === 'saved' && line.megabytes !== undefined);
    });
    expect(seen).toMatchObject({ frame: 1, megabytes: expect.any(Number) });
  });

  test('runs a command for ranges once for each range without gaps', async () => {
    using shop = new Workshop();
    const command = 'echo "run $START_FRAME $END_FRAME $STEP $FRAMES $FRAME_COUNT"';
    const { code, stdout } = await shop.run('render-command', args(shop, command, '1-3,10-20x5,7'));
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.startsWith('run '))).toEqual([
      'run 1 3 1 1-3 3',
      'run 10 20 5 10-20x5 3',
      'run 7 7 1 7 1',
    ]);
  });

  test('gives the variables of the vendor’s render manager', async () => {
    using shop = new Workshop();
    shop.scene('my shot.max');
    const command =
      'echo "$SCENE_FILE|$SCENE_DIR|$SCENE_NAME|$INPUT_LOCAL_DIR|$OUTPUT_LOCAL_DIR|$INSTANCE_ID/$INSTANCE_COUNT|$CPU|$MEMORY_MB"';
    const { stdout } = await shop.run('render-command', [
      ...args(shop, command, '1'),
      '--scene',
      'my shot.max',
    ]);
    const { folder } = shop;
    expect(stdout).toMatch(/\|0\/1\|[1-9]\d*\|[1-9]\d*$/m);
    expect(stdout).toContain(`${shop.path('my shot.max')}|${folder}|my shot|${folder}|${shop.path('out')}|`);
  });

  test.each(['a b; touch hurt', '$(touch hurt)', '`touch hurt`', '* ?', "it's", '-rf', 'a\tb'])(
    'hands a scene named %j on as one word, quoted or not',
    async (name) => {
      using shop = new Workshop();
      shop.scene(name);
      const command = 'for word in $SCENE_FILE "$SCENE_NAME"; do echo "<$word>"; done';
      const { code, stdout } = await shop.run('render-command', [
        ...args(shop, command, '1'),
        `--scene=${name}`,
      ]);
      expect(code).toBe(0);
      expect(stdout).toContain(`<${shop.path(name)}>\n<${name}>\n`);
      expect(existsSync(shop.path('hurt'))).toBe(false);
    },
  );

  test('takes what an App leaves in the environment, where nothing needs quotes', async () => {
    using shop = new Workshop();
    shop.scene("it's.max");
    const output = ['--frames', '1-2', '--input-dir', shop.folder, '--output-dir', shop.path('out')];
    const { code, stdout } = await shop.run('render-command', output, {
      REBATCH_COMMAND: `render_cmd = 'echo "$SCENE_NAME"; ${DRAW}'`,
      REBATCH_SCENE: "it's.max",
      REBATCH_PICTURE_NAME: 'none',
    });
    expect(code).toBe(1);
    expect(stdout).toContain("it's\n");
    expect(stdout).toContain('the command for frame 1 ended with exit code');
  });

  test('says which frames failed and why, and goes on with the others', async () => {
    using shop = new Workshop();
    const command = `[ $FRAME = 2 ] && exit 9; [ $FRAME = 3 ] || ${DRAW}`;
    const { code, stdout } = await shop.run('render-command', [
      ...args(shop, command, '1-4'),
      '--name',
      '#.png',
    ]);
    expect(code).toBe(1);
    expect(progress(stdout).filter(({ kind }) => kind === 'missing')).toEqual([
      { kind: 'missing', frame: 2, file: '2.png' },
      { kind: 'missing', frame: 3, file: '3.png' },
    ]);
    expect(stdout).toContain('render-command: 2 of 4 frames failed: 2-3\n');
    expect(stdout).toContain('render-command: the command for frame 2 ended with exit code 9\n');
  });

  test('does not take the picture of an earlier run for its own', async () => {
    using shop = new Workshop();
    mkdirSync(shop.path('out'));
    writeFileSync(shop.path('out/1.png'), 'old');
    const { code, stdout } = await shop.run('render-command', [
      ...args(shop, 'true $FRAME', '1'),
      '--name',
      '#.png',
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('the command for frame 1 ended well but did not write 1.png');
  });

  test('claims frames and resumes as render-blender does', async () => {
    using shop = new Workshop();
    await using gateway = await openObjectGateway();
    await gateway.put('out/2.png', 'picture');
    const env = {
      ...gateway.env,
      BATCH_COMPUTE_DAG_JOB_ID: 'job-1',
      BATCH_COMPUTE_DAG_TASK_ID: 'render',
      BATCH_COMPUTE_DAG_INSTANCE_COUNT: '2',
      REBATCH_TASK: JSON.stringify({
        attempt: 0,
        timeoutSeconds: 3600,
        inputs: [],
        outputs: [{ path: shop.path('out/'), url: 'oss://films/out/' }],
      }),
    };
    const { code, stdout } = await shop.run(
      'render-command',
      [...args(shop, DRAW, '1-4'), '--name', '#.png', '--resume'],
      env,
    );
    expect(code).toBe(0);
    expect(progress(stdout)).toContainEqual({ kind: 'skipped', frame: 2, file: '2.png' });
    expect(progress(stdout).at(-1)).toMatchObject({ kind: 'done', saved: 3, missing: 0 });
    expect(await gateway.keys('out/.rebatch/job-1/claims/render/')).toHaveLength(4);
  });

  test('passes a stop on to all that the command started', async () => {
    using shop = new Workshop();
    const command = `(trap 'echo stopped >>"$OUTPUT_LOCAL_DIR/said"; exit' TERM; echo begun; while :; do sleep 0.05; done); true $FRAME`;
    const child = shop.start('render-command', args(shop, command, '1-2'));
    const end = ended(child);
    await lineThatStarts(child, 'begun');
    child.kill('SIGTERM');
    expect((await end).code).toBe(143);
    // The shell itself may be gone first.
    await vi.waitUntil(() => existsSync(shop.path('out/said')));
  });

  test.each<[string, string[], string]>([
    ['no command', ['--frames', '1'], '--command is missing'],
    ['no frames', ['--command', 'true'], '--frames is missing'],
    ['a frame list with a slip', ['--command', 'true', '--frames', '1-x'], 'frame list: '],
    [
      'a name outside the output',
      ['--command', 'true', '--frames', '1', '--name', '../#'],
      '--name is "../#"',
    ],
    ['a strange unit', ['--command', 'true', '--frames', '1', '--per', 'job'], '--per is "job"'],
    ['a resume without names', ['--command', 'true', '--frames', '1', '--resume'], '--resume needs to know'],
  ])('refuses %s with one clear line', async (_, wrong, line) => {
    using shop = new Workshop();
    const { code, stderr } = await shop.run('render-command', [...wrong, '--output-dir', shop.path('out')]);
    expect(code).toBe(2);
    expect(stderr).toContain(`render-command: ${line}`);
  });
});
