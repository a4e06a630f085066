import type { AppConfig, AppConfigEntry, AppConfigOverrides } from '../descriptions.ts';
import { invalidParameter } from '../errors.ts';

/** The values an App job runs with, one for each key of the App's Config. */
export type AppConfigValues = { [K in keyof AppConfig]: AppConfig[K]['Default'] };

/**
 * The job's overrides over the App's defaults (spec/batchcompute-api.md §8.1). An override that only repeats the default is
 * no override, since clients send whole copies.
 * @throws InvalidApp.Config.{key} for an override that the App does not allow.
 */
export function appConfig(config: AppConfig, given: AppConfigOverrides): AppConfigValues {
  return {
    ResourceType: choose('ResourceType', config.ResourceType, given.ResourceType),
    InstanceType: choose('InstanceType', config.InstanceType, given.InstanceType),
    InstanceCount: choose('InstanceCount', config.InstanceCount, given.InstanceCount),
    MinDiskSize: choose('MinDiskSize', config.MinDiskSize, given.MinDiskSize),
    DiskType: choose('DiskType', config.DiskType, given.DiskType),
    MinDataDiskSize: choose('MinDataDiskSize', config.MinDataDiskSize, given.MinDataDiskSize),
    DataDiskType: choose('DataDiskType', config.DataDiskType, given.DataDiskType),
    DataDiskMountPoint: choose('DataDiskMountPoint', config.DataDiskMountPoint, given.DataDiskMountPoint),
    MaxRetryCount: choose('MaxRetryCount', config.MaxRetryCount, given.MaxRetryCount),
    Timeout: choose('Timeout', config.Timeout, given.Timeout),
    ReserveOnFail: choose('ReserveOnFail', config.ReserveOnFail, given.ReserveOnFail),
    ClusterId: choose('ClusterId', config.ClusterId, given.ClusterId),
    ClassicNetwork: choose('ClassicNetwork', config.ClassicNetwork, given.ClassicNetwork),
  };
}

function choose<T>(key: keyof AppConfig, entry: AppConfigEntry<T>, given: T | undefined): T {
  if (given === undefined || given === entry.Default) return entry.Default;
  if (!entry.Overwritable) {
    throw invalidParameter(`App.Config.${key}`, 'The App does not allow overwriting it.');
  }
  return given;
}
