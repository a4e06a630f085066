import type {
  AppConfig,
  AppConfigEntry,
  AppDescription,
  AppInputParameter,
  AppOutputParameter,
  AppView,
  DockerReference,
} from '@rebatch/model';
import { integer, isObject, map, object, text, type WireObject } from './wire-value.ts';

/** spec/batchcompute-api.md §8.4; what is absent gets the service's default. */
export function readApp(value: unknown): AppView {
  return { ...readAppDescription(value), CreationTime: text(object(value)['CreationTime']) };
}

export function readAppDescription(value: unknown): AppDescription {
  const app = object(value);
  const docker = readDocker(app.Docker);
  const vmImage = text(object(app.VM)['ECSImageId']);
  return {
    Name: text(app.Name),
    Description: text(app.Description),
    InputParameters: map(app.InputParameters, readInput),
    OutputParameters: map(app.OutputParameters, readOutput),
    ...(docker === undefined ? {} : { Docker: docker }),
    ...(vmImage === '' ? {} : { VM: { ECSImageId: vmImage } }),
    CommandLine: text(app.CommandLine),
    EnvVars: map(app.EnvVars, text),
    Daemonize: app.Daemonize === true,
    Config: readConfig(object(app.Config)),
  };
}

function readInput(value: unknown): AppInputParameter {
  const input = object(value);
  const fallback = input.Default;
  return {
    Description: text(input.Description),
    Type: readType(input.Type),
    Default: typeof fallback === 'string' || typeof fallback === 'number' ? fallback : null,
    LocalPath: text(input.LocalPath),
    Overwritable: input.Overwritable !== false,
  };
}

function readOutput(value: unknown): AppOutputParameter {
  const output = object(value);
  return {
    Description: text(output.Description),
    Type: readType(output.Type),
    LocalPath: text(output.LocalPath),
  };
}

function readType(value: unknown): 'String' | 'Number' {
  return value === 'Number' ? 'Number' : 'String';
}

/** No image means no Docker (spec §7). */
function readDocker(value: unknown): DockerReference | undefined {
  const docker = object(value);
  const image = text(docker.Image);
  if (image === '') return undefined;
  const registry = text(docker.RegistryOSSPath);
  const mode = text(docker.RunMode);
  return {
    Image: image,
    ...(registry === '' ? {} : { RegistryOSSPath: registry }),
    ...(mode === '' ? {} : { RunMode: mode }),
  };
}

function readConfig(config: WireObject): AppConfig {
  const words = (key: string, fallback: string) => entry(config[key], fallback, text);
  const number = (key: string, fallback: number) => entry(config[key], fallback, integer);
  const flag = (key: string) => entry(config[key], false, (value) => value === true);
  return {
    ResourceType: words('ResourceType', 'OnDemand'),
    InstanceType: words('InstanceType', ''),
    InstanceCount: number('InstanceCount', 1),
    MinDiskSize: number('MinDiskSize', 40),
    DiskType: words('DiskType', 'cloud_efficiency'),
    MinDataDiskSize: number('MinDataDiskSize', 0),
    DataDiskType: words('DataDiskType', 'cloud_efficiency'),
    DataDiskMountPoint: words('DataDiskMountPoint', ''),
    MaxRetryCount: number('MaxRetryCount', 0),
    Timeout: number('Timeout', 86_400),
    ReserveOnFail: flag('ReserveOnFail'),
    ClusterId: words('ClusterId', ''),
    ClassicNetwork: flag('ClassicNetwork'),
  };
}

function entry<T>(value: unknown, fallback: T, read: (value: unknown) => T): AppConfigEntry<T> {
  if (!isObject(value)) return { Description: '', Default: fallback, Overwritable: true };
  const given = value['Default'];
  return {
    Description: text(value['Description']),
    Default: given === undefined || given === null ? fallback : read(given),
    Overwritable: value['Overwritable'] !== false,
  };
}
