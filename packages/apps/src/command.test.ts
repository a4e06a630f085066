import { expandApp, parseAppDescription, parseJobDescription } from '@rebatch/model';
import { expect, test } from 'vitest';
import { commandApp } from './command.ts';

test('is a description that the service takes as it is', () => {
  expect(parseAppDescription(commandApp())).toEqual(commandApp());
});

test('hands the command and the scene on as variables, whatever is in them', () => {
  const command = `draw --from '$SCENE_FILE' "\${FRAME}" >"$OUTPUT_FILE"`;
  const job = parseJobDescription({
    Name: 'shot',
    Type: 'App',
    App: {
      AppName: 'command',
      Inputs: {
        input_oss_folder: 'oss://demo/in/',
        command,
        frames: '1-4',
        scene_file_path: "it's $(a) scene.ma",
      },
      Outputs: { output_oss_folder: 'oss://demo/out/' },
    },
  });
  if (job.Type !== 'App') throw new Error('not an App job');
  const [task] = Object.values(expandApp(parseAppDescription(commandApp()), job).Tasks);
  expect(task?.Parameters.Command.EnvVars).toMatchObject({
    REBATCH_COMMAND: command,
    REBATCH_SCENE: "it's $(a) scene.ma",
    REBATCH_PICTURE_NAME: 'none',
  });
  expect(task?.Parameters.Command.CommandLine).toBe(
    "render-command --frames '1-4' --per 'auto' --claim 'auto' --resume='no' --thumbnails='yes' --output-dir /home/output/result/",
  );
});
