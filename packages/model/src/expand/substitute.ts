import type { AppDescription } from '../descriptions.ts';
import { invalidParameter } from '../errors.ts';
import { MAX_PROCESS_TEXT } from '../limits.ts';
import type { InputValues } from './app-inputs.ts';

/**
 * The App's command line with `${name}` replaced: by the LocalPath of a parameter that has one, else by an input's value
 * (spec/batchcompute-api.md §8.2). Everything else that looks like `${…}` is left for the shell.
 *
 * Values are put in as they are, once, without quoting: the App's author writes the quotes that fit the place, as the
 * seed's Blender App does (`parseFrames('${frames}')` inside `python -c "…"`). Quoting here would break such lines. It
 * opens no door: whoever may submit the job may run any program in the same sandbox. Line breaks and NUL never get here
 * (parse-app-reference.ts, parse-app.ts).
 * @throws InvalidApp.Inputs when the line becomes longer than a process can be given
 */
export function substitute(app: AppDescription, inputs: InputValues): string {
  const commandLine = substituteIn(app.CommandLine, app, inputs);
  if (commandLine.length > MAX_PROCESS_TEXT) {
    throw invalidParameter(
      'App.Inputs',
      `They make the command line longer than ${MAX_PROCESS_TEXT} characters.`,
    );
  }
  return commandLine;
}

/** A text of the App with `${name}` replaced, in the same way. */
export function substituteIn(text: string, app: AppDescription, inputs: InputValues): string {
  return text.replaceAll(/\$\{([a-zA-Z0-9_-]+)\}/g, (reference: string, name: string) => {
    const input = Object.hasOwn(app.InputParameters, name) ? app.InputParameters[name] : undefined;
    const output = Object.hasOwn(app.OutputParameters, name) ? app.OutputParameters[name] : undefined;
    const localPath = input?.LocalPath || output?.LocalPath;
    if (localPath) return localPath;
    const value = inputs.get(name);
    return value === undefined ? reference : String(value);
  });
}
