import type { AppDescription } from '@rebatch/model';
import { appConfig } from './app-config.ts';
import { AS_THE_SCENE_SAYS } from './blender.ts';
import { input, output, SHARING_INPUTS, SHARING_VARIABLES, THUMBNAILS_INPUT } from './parameters.ts';

/** The image that `make images` builds. Its 3ds Max is a stand-in; a studio registers the App with an image of its own. */
export const MAX_IMAGE = 'rebatch/3dsmax:latest';

/** 3ds Max rendering on Windows, with drive D and `C:\tmp\` as the seed has them (spec/render.md §4). */
export function maxApp(image: string = MAX_IMAGE): AppDescription {
  return {
    Name: '3dsmax',
    Description: 'Renders frames of a 3ds Max scene on Windows, which its instances share.',
    InputParameters: {
      input_oss_folder: {
        ...input('Folder with the scene and all that it uses, such as oss://bucket/input/; it is drive D'),
        LocalPath: 'D:\\',
      },
      scene_file_path: input('The scene, below input_oss_folder, such as shot/scene.max'),
      frames: input('Frames to render, such as 1-10 or 1,3,5-10'),
      output_name: input(
        'File name; the frame’s number goes before its ending, which says the kind; may name folders',
        'test.jpg',
      ),
      camera: input('Camera; "scene": as the scene says', AS_THE_SCENE_SAYS),
      resolution: input(
        'Width x height in pixels, such as 1920x1080; "scene": as the scene says',
        AS_THE_SCENE_SAYS,
      ),
      ...SHARING_INPUTS,
      ...THUMBNAILS_INPUT,
    },
    OutputParameters: {
      output_oss_folder: output(
        'Where pictures go, below result/, such as oss://bucket/output/',
        'C:\\tmp\\',
      ),
    },
    Docker: { Image: image },
    CommandLine: [
      'render-3dsmax',
      '--scene-dir D:/ --scene "${scene_file_path}"',
      '--output-dir C:/tmp/result/ --name "${output_name}"',
      '--frames "${frames}" --camera "${camera}" --resolution "${resolution}"',
      '--claim "${claim}" --resume="${resume}" --thumbnails="${thumbnails}"',
    ].join(' '),
    EnvVars: SHARING_VARIABLES,
    Daemonize: false,
    Config: appConfig({}),
  };
}
