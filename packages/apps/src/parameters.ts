import type { AppInputParameter, AppOutputParameter } from '@rebatch/model';

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

/** A local folder that is uploaded when the program has ended. */
export function output(description: string, localPath: string): AppOutputParameter {
  return { Description: description, Type: 'String', LocalPath: localPath };
}
