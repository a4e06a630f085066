import type { AppDescription } from '@rebatch/model';
import { appConfig } from './app-config.ts';
import { BLENDER_IMAGE } from './blender.ts';
import { input, output, SHARING_INPUTS, SHARING_VARIABLES, THUMBNAILS_INPUT } from './parameters.ts';

/** Stands for "not given" (an App's empty default would make the input one that must be given). */
const NONE = 'none';

/**
 * Any renderer, by a command of the user's (spec/render.md §5). The program is `render-command` (packages/launchers); what it
 * needs of an image is Node and that one file. Texts come as variables, so that no shell reads them on the way.
 */
export function commandApp(image: string = BLENDER_IMAGE): AppDescription {
  return {
    Name: 'command',
    Description:
      'Renders frames with any command, for each frame or range of frames; its instances share them.',
    InputParameters: {
      input_oss_folder: {
        ...input('Folder with all that the command reads, such as oss://bucket/input/'),
        LocalPath: '/home/input/',
      },
      command: input(
        'What to run, with $FRAME or $START_FRAME and $END_FRAME, $SCENE_FILE, $OUTPUT_LOCAL_DIR, $CPU …; one line',
      ),
      frames: input('Frames to render, such as 1-10 or 1,3,5-10'),
      scene_file_path: input('The scene, below input_oss_folder; "none": there is none', NONE),
      picture_name: input(
        'Pictures that must be there afterwards; # runs become the frame number; "none": nobody looks',
        NONE,
      ),
      per: input('frame, chunk (a range of frames), or auto: by the variables of the command', 'auto'),
      ...SHARING_INPUTS,
      ...THUMBNAILS_INPUT,
    },
    OutputParameters: {
      output_oss_folder: output(
        'Where pictures go, below result/, such as oss://bucket/output/',
        '/home/output/',
      ),
    },
    Docker: { Image: image },
    CommandLine:
      "render-command --frames '${frames}' --per '${per}' --claim '${claim}' --resume='${resume}' --thumbnails='${thumbnails}' --output-dir /home/output/result/",
    EnvVars: {
      REBATCH_COMMAND: '${command}',
      REBATCH_SCENE: '${scene_file_path}',
      REBATCH_PICTURE_NAME: '${picture_name}',
      ...SHARING_VARIABLES,
    },
    Daemonize: false,
    Config: appConfig({}),
  };
}
