import type { AppDescription } from '@rebatch/model';
import { appConfig } from './app-config.ts';
import { input, output, SHARING_INPUTS, SHARING_VARIABLES, THUMBNAILS_INPUT } from './parameters.ts';

/** The image that `make images` builds. */
export const BLENDER_IMAGE = 'rebatch/blender:latest';

/** Stands for "as the scene says" (an App's empty default would make the input one that must be given). */
export const AS_THE_SCENE_SAYS = 'scene';

/**
 * Blender rendering: the parameters, defaults and paths of the vendor's best-practices App (spec/render.md §3), so that jobs
 * written for it run on this one, and some of our own. The program is the image's `render-blender` (packages/launchers).
 */
export function blenderApp(image: string = BLENDER_IMAGE): AppDescription {
  return {
    Name: 'blender',
    Description: 'Renders frames of a Blender scene, which its instances share.',
    InputParameters: {
      // No LocalPath: the frame splitter is part of the image. Jobs that still name the folder are accepted.
      scripts_oss_folder: input('Not needed: the frame splitter is part of the image.', 'none'),
      input_oss_folder: {
        ...input('Folder with the scene and all that it uses, such as oss://bucket/input/'),
        LocalPath: '/home/input/',
      },
      scene_file_path: input('The scene, below input_oss_folder, such as shot/scene.blend'),
      frames: input('Frames to render, such as 1-10 or 1,3,5-10'),
      format: input('PNG, JPEG, OPEN_EXR, TIFF, TGA, BMP, WEBP or another that Blender writes', 'PNG'),
      output_name_format: input('File name; # runs become the frame number; may name folders', '####.png'),
      engine: input('CYCLES, EEVEE or WORKBENCH; "scene": as the scene says', AS_THE_SCENE_SAYS),
      resolution: input(
        'Width x height in pixels, such as 1920x1080; "scene": as the scene says',
        AS_THE_SCENE_SAYS,
      ),
      samples: input('Samples per pixel; "scene": as the scene says', AS_THE_SCENE_SAYS),
      device: input('For Cycles: CPU, CUDA, OPTIX, HIP or ONEAPI', 'CPU'),
      ...SHARING_INPUTS,
      ...THUMBNAILS_INPUT,
      allow_scripts: input('yes: scripts and drivers inside the scene may run', 'no'),
    },
    OutputParameters: {
      output_oss_folder: output(
        'Where pictures go, below result/, such as oss://bucket/output/',
        '/home/output/',
      ),
    },
    Docker: { Image: image },
    CommandLine: [
      'render-blender',
      "--scene-dir /home/input/ --scene '${scene_file_path}'",
      "--output-dir /home/output/result/ --name '${output_name_format}'",
      "--frames '${frames}' --format '${format}'",
      "--engine '${engine}' --resolution '${resolution}' --samples '${samples}'",
      "--device '${device}' --allow-scripts='${allow_scripts}'",
      "--claim '${claim}' --resume='${resume}' --thumbnails='${thumbnails}'",
    ].join(' '),
    EnvVars: SHARING_VARIABLES,
    Daemonize: false,
    Config: appConfig({}),
  };
}
