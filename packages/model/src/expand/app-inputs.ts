import type { AppDescription, AppInputParameter } from '../descriptions.ts';
import { invalidParameter, missingParameter } from '../errors.ts';
import { numeric } from '../numeric.ts';

/** Values of an App's inputs, one for each that it declares. */
export type InputValues = ReadonlyMap<string, string | number>;

/**
 * What the job gives, else the App's default (spec/batchcompute-api.md §8.1).
 * @throws InvalidApp.Inputs.{name} for one that is not declared, has the other type, or may not be overwritten;
 *   MissingApp.Inputs.{name} for one that has neither value nor default.
 */
export function appInputs(
  app: AppDescription,
  given: Readonly<Record<string, string | number>>,
): InputValues {
  const undeclared = Object.keys(given).find((name) => !Object.hasOwn(app.InputParameters, name));
  if (undeclared !== undefined) {
    throw invalidInput(undeclared, `The App ${app.Name} declares no such input.`);
  }
  return new Map(
    Object.entries(app.InputParameters).map(([name, parameter]) => [
      name,
      inputValue(name, parameter, Object.hasOwn(given, name) ? given[name] : undefined),
    ]),
  );
}

function inputValue(
  name: string,
  parameter: AppInputParameter,
  given: string | number | undefined,
): string | number {
  const value = given === undefined ? undefined : typed(name, parameter.Type, given);
  if (value === undefined) {
    if (parameter.Default === null) throw missingParameter(`App.Inputs.${name}`);
    return parameter.Default;
  }
  if (!parameter.Overwritable && value !== parameter.Default) {
    throw invalidInput(name, 'The App does not allow overwriting it.');
  }
  return value;
}

/** A Number may come as text: the Java SDK and the command line know no other form (spec/clients.md §8.1a). */
function typed(name: string, type: AppInputParameter['Type'], value: string | number): string | number {
  if (type === 'String') {
    if (typeof value !== 'string') throw invalidInput(name, 'Its type must be string.');
    return value;
  }
  const number = numeric(value);
  if (number === undefined) throw invalidInput(name, 'Its type must be number.');
  return number;
}

/** The error of an input's value. `why`: a full sentence. */
export function invalidInput(name: string, why: string): Error {
  return invalidParameter(`App.Inputs.${name}`, why);
}
