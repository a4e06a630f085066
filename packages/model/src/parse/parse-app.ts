import type { AppDescription, AppInputParameter, AppOutputParameter } from '../descriptions.ts';
import { Field, quote } from '../field.ts';
import { MAX_APP_DESCRIPTION, MAX_APP_ENTRIES, MAX_APP_TEXT, MAX_LOCAL_PATH, MAX_TEXT } from '../limits.ts';
import { localPathProblem, normalizeLocalPath } from '../local-path.ts';
import { APP_KEY, APP_NAME, checkName } from '../names.ts';
import { record } from '../record.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { readAppConfig } from './read-app-config.ts';
import { readDocker } from './read-docker.ts';

const TYPES = ['String', 'Number'] as const;
const DESCRIPTION = { max: MAX_APP_DESCRIPTION };

/**
 * The body of POST /apps and PUT /apps/{Name} (spec/batchcompute-api.md §8.4) with every default filled.
 * @throws WireError 400 with the code of spec §17 for the first field that cannot be used.
 */
export function parseAppDescription(body: unknown): AppDescription {
  const field = Field.ofBody(body);
  const name = field.at('Name').requiredText(APP_NAME);
  const inputs = readParameters(field.at('InputParameters'), readInputParameter);
  const outputs = readParameters(field.at('OutputParameters'), readOutputParameter);
  const twice = Object.keys(outputs).find((key) => Object.hasOwn(inputs, key));
  if (twice !== undefined) {
    throw field.at('OutputParameters').at(twice).invalid('There is an input parameter of this name.');
  }
  return withoutUndefined({
    Name: name,
    Description: field.at('Description').text(DESCRIPTION) ?? '',
    InputParameters: inputs,
    OutputParameters: outputs,
    ...readEnvironment(field),
    CommandLine: field.at('CommandLine').requiredText({
      max: MAX_APP_TEXT,
      pattern: { matches: /^[^\0]*$/, why: 'It must not contain NUL characters.' },
    }),
    EnvVars: field.at('EnvVars').texts({ maxCount: MAX_APP_ENTRIES, maxLength: MAX_APP_TEXT, key: APP_KEY }),
    Daemonize: field.at('Daemonize').flag() ?? false,
    Config: readAppConfig(field.at('Config')),
  });
}

/** Docker or VM; with both, the container runs inside the VM's image (spec §8.4). */
function readEnvironment(field: Field): Pick<AppDescription, 'Docker' | 'VM'> {
  const dockerField = field.at('Docker');
  const docker = readDocker(dockerField);
  const image = field.at('VM').at('ECSImageId').text({ max: MAX_TEXT });
  if (docker === undefined && image === undefined) {
    throw dockerField.at('RegistryOSSPath').given ? dockerField.at('Image').missing() : dockerField.missing();
  }
  return withoutUndefined({ Docker: docker, VM: image === undefined ? undefined : { ECSImageId: image } });
}

function readParameters<T extends { LocalPath: string }>(
  field: Field,
  read: (parameter: Field) => T,
): Record<string, T> {
  const ownerOf = new Map<string, string>();
  return record(
    field.entries(MAX_APP_ENTRIES).map(([name, entry]) => {
      checkName(field, name, APP_KEY);
      const parameter = read(entry);
      const owner = ownerOf.get(parameter.LocalPath);
      if (owner !== undefined) {
        throw entry.at('LocalPath').invalid(`The parameter ${quote(owner)} has the same path.`);
      }
      if (parameter.LocalPath !== '') ownerOf.set(parameter.LocalPath, name);
      return [name, parameter] as const;
    }),
  );
}

function readInputParameter(field: Field): AppInputParameter {
  const type = field.at('Type').choice(TYPES) ?? 'String';
  return {
    Description: field.at('Description').text(DESCRIPTION) ?? '',
    Type: type,
    Default: readDefault(field.at('Default'), type),
    LocalPath: readLocalPath(field.at('LocalPath')),
    Overwritable: field.at('Overwritable').flag() ?? true,
  };
}

/** JavaSDK sends the default of a Number as text (spec/clients.md §8.1a). */
function readDefault(field: Field, type: 'String' | 'Number'): string | number | null {
  if (type === 'Number') return field.number(-Number.MAX_VALUE, Number.MAX_VALUE) ?? null;
  const text = field.text({ max: MAX_APP_TEXT });
  if (text !== undefined && /[\0\r\n]/.test(text)) {
    throw field.invalid('It must not contain line breaks or NUL characters.');
  }
  return text ?? null;
}

function readOutputParameter(field: Field): AppOutputParameter {
  return {
    Description: field.at('Description').text(DESCRIPTION) ?? '',
    Type: field.at('Type').choice(TYPES) ?? 'String',
    LocalPath: readLocalPath(field.at('LocalPath')),
  };
}

function readLocalPath(field: Field): string {
  const text = field.text({ max: MAX_LOCAL_PATH });
  if (text === undefined) return '';
  const path = normalizeLocalPath(text);
  const problem = localPathProblem(path);
  if (problem !== undefined) throw field.invalid(problem);
  return path;
}
