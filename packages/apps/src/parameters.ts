import {
  type AppInputParameter,
  type AppOutputParameter,
  ORDER_VARIABLE,
  STREAM_OUTPUTS_VARIABLE,
} from '@rebatch/model';

/** A text that is part of the command line; without a default it must be given. */
export function input(description: string, fallback?: string): AppInputParameter {
  return {
    Description: description,
    Type: 'String',
    Default: fallback ?? null,
    LocalPath: '',
    Overwritable: true,
  };
}

/** How the instances of a render share its frames, for the launchers' options of these names (packages/launchers). */
export const SHARING_INPUTS = {
  instance_order: input(
    'number: in the order of the list; preview-first: first, last, then the middles',
    'number',
  ),
  stream_outputs: input(
    'true: each picture is uploaded when it is finished; false: all of them when the instance ends',
    'true',
  ),
  claim: input(
    'How instances share frames. on: each takes the next that nobody has; off: an equal piece each; auto: on where it can be',
    'auto',
  ),
  resume: input(
    'yes: leave out frames whose picture is there and newer than the scene; a time such as 2026-05-01T12:00:00Z: no older than that',
    'no',
  ),
};

/** For the launchers' option of this name. */
export const THUMBNAILS_INPUT = {
  thumbnails: input(
    'yes: a small JPEG of each finished picture, below .rebatch/ of the output; no: none',
    'yes',
  ),
};

/** What the server reads of {@link SHARING_INPUTS}. */
export const SHARING_VARIABLES = {
  [ORDER_VARIABLE]: '${instance_order}',
  [STREAM_OUTPUTS_VARIABLE]: '${stream_outputs}',
};

/** A local folder that is uploaded when the program has ended. */
export function output(description: string, localPath: string): AppOutputParameter {
  return { Description: description, Type: 'String', LocalPath: localPath };
}
