import { expandApp, parseAppDescription, parseJobDescription } from '@rebatch/model';
import { expect, test } from 'vitest';
import { maxApp } from './max.ts';

test('is a description that the service takes as it is', () => {
  expect(parseAppDescription(maxApp())).toEqual(maxApp());
});

test('needs only the folder, the scene and the frames, and puts them on drive D', () => {
  const job = parseJobDescription({
    Name: 'shot',
    Type: 'App',
    App: {
      AppName: '3dsmax',
      Inputs: { input_oss_folder: 'oss://demo/in/', scene_file_path: 'a b.max', frames: '1-4' },
      Outputs: { output_oss_folder: 'oss://demo/out/' },
    },
  });
  if (job.Type !== 'App') throw new Error('not an App job');
  const [task] = Object.values(expandApp(parseAppDescription(maxApp()), job).Tasks);
  expect(task?.Parameters.Command.CommandLine).toBe(
    'render-3dsmax --scene-dir D:/ --scene "a b.max" --output-dir C:/tmp/result/ --name "test.jpg" --frames "1-4" --camera "scene" --resolution "scene" --claim "auto" --resume="no" --thumbnails="yes"',
  );
  expect(task?.InputMapping).toEqual({ 'oss://demo/in/': 'D:\\' });
  expect(task?.OutputMapping).toEqual({ 'C:\\tmp\\': 'oss://demo/out/' });
});
