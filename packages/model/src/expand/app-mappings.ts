import type { AppDescription, MountEntry, TaskDescription } from '../descriptions.ts';
import { invalidParameter } from '../errors.ts';
import { quote } from '../field.ts';
import { mappingPair } from '../mapping.ts';
import { MOUNT_DEFAULTS } from '../parse/read-mounts.ts';
import { record } from '../record.ts';
import { type InputValues, invalidInput } from './app-inputs.ts';

/**
 * Inputs with a LocalPath, made visible there (spec/batchcompute-api.md §8.2). InputMapping holds a URL once; when two inputs
 * point to the same place, the further ones become mounts.
 */
export function mapInputs(
  app: AppDescription,
  values: InputValues,
): Pick<TaskDescription, 'InputMapping' | 'Mounts'> {
  const mapping = record<string>();
  const mounts: MountEntry[] = [];
  for (const [name, { LocalPath: localPath }] of Object.entries(app.InputParameters)) {
    if (localPath === '') continue;
    const pair = mappingPair(String(values.get(name)), localPath, 'oss');
    if ('problem' in pair) throw invalidInput(name, pair.problem);
    if (Object.hasOwn(mapping, pair.url)) {
      mounts.push({ Source: pair.url, Destination: pair.path, WriteSupport: false });
    } else {
      mapping[pair.url] = pair.path;
    }
  }
  return mounts.length === 0
    ? { InputMapping: mapping }
    : { InputMapping: mapping, Mounts: { ...MOUNT_DEFAULTS, Entries: mounts } };
}

/**
 * Outputs that the job asks for: LocalPath → URL (spec §8.2).
 * @throws InvalidApp.Outputs.{name} for one that the App does not declare, or declares without a LocalPath.
 */
export function mapOutputs(
  app: AppDescription,
  outputs: Readonly<Record<string, string>>,
): Record<string, string> {
  return record(
    Object.entries(outputs).map(([name, url]) => {
      const path = `App.Outputs.${name}`;
      const parameter = Object.hasOwn(app.OutputParameters, name) ? app.OutputParameters[name] : undefined;
      if (parameter === undefined) {
        throw invalidParameter(path, `The App ${app.Name} declares no such output.`);
      }
      if (parameter.LocalPath === '') {
        throw invalidParameter(path, 'The App declares no LocalPath for it, so nothing can be uploaded.');
      }
      const pair = mappingPair(url, parameter.LocalPath, 'oss');
      if ('problem' in pair) {
        throw invalidParameter(
          path,
          `The pair ${quote(parameter.LocalPath)}: ${quote(url)} cannot be used. ${pair.problem}`,
        );
      }
      return [pair.path, pair.url] as const;
    }),
  );
}
