import { expandApp, parseAppDescription, parseJobDescription } from '@rebatch/model';
import { expect, test } from 'vitest';
import { blenderApp } from './blender.ts';

function expand(inputs: Record<string, string>) {
  const job = parseJobDescription({
    Name: 'shot',
    Type: 'App',
    App: {
      AppName: 'blender',
      Inputs: {
        input_oss_folder: 'oss://demo/input/',
        scene_file_path: 'a b.blend',
        frames: '1-4',
        ...inputs,
      },
      Outputs: { output_oss_folder: 'oss://demo/output/' },
    },
  });
  if (job.Type !== 'App') throw new Error('not an App job');
  return expandApp(parseAppDescription(blenderApp()), job);
}

test('is a description that the service takes as it is', () => {
  expect(parseAppDescription(blenderApp())).toEqual(blenderApp());
});

test('needs only the folder, the scene and the frames', () => {
  const [task] = Object.values(expand({}).Tasks);
  expect(task?.Parameters.Command.CommandLine).toBe(
    "render-blender --scene-dir /home/input/ --scene 'a b.blend' --output-dir /home/output/result/ --name '####.png' --frames '1-4' --format 'PNG' --engine 'scene' --resolution 'scene' --samples 'scene' --device 'CPU' --allow-scripts='no' --claim 'auto' --resume='no' --thumbnails='yes'",
  );
  expect(task?.InputMapping).toEqual({ 'oss://demo/input/': '/home/input/' });
  expect(task?.OutputMapping).toEqual({ '/home/output/': 'oss://demo/output/' });
});

test.each([
  [{}, 'number', 'true'],
  [{ instance_order: 'preview-first', stream_outputs: 'false' }, 'preview-first', 'false'],
])(
  'given %j, hands instances out in the order %s, and uploads pictures early: %s',
  (inputs, order, early) => {
    const [task] = Object.values(expand(inputs).Tasks);
    expect(task?.Parameters.Command.EnvVars).toEqual({
      REBATCH_INSTANCE_ORDER: order,
      REBATCH_STREAM_OUTPUTS: early,
    });
  },
);

test("accepts the scripts folder that jobs for the vendor's sample App may name", () => {
  expect(() => expand({ scripts_oss_folder: 'oss://demo/scripts/' })).not.toThrow();
});
