import type { AppConfig, AppConfigEntry } from '@rebatch/model';

/** The service's defaults (spec/batchcompute-api.md §8.4), with some of them chosen; all can be overridden by a job. */
export function appConfig(
  chosen: Partial<{ [Key in keyof AppConfig]: AppConfig[Key]['Default'] }>,
): AppConfig {
  return {
    ResourceType: entry(chosen.ResourceType ?? 'OnDemand'),
    InstanceType: entry(chosen.InstanceType ?? ''),
    InstanceCount: entry(chosen.InstanceCount ?? 1),
    MinDiskSize: entry(chosen.MinDiskSize ?? 40),
    DiskType: entry(chosen.DiskType ?? 'cloud_efficiency'),
    MinDataDiskSize: entry(chosen.MinDataDiskSize ?? 0),
    DataDiskType: entry(chosen.DataDiskType ?? 'cloud_efficiency'),
    DataDiskMountPoint: entry(chosen.DataDiskMountPoint ?? ''),
    MaxRetryCount: entry(chosen.MaxRetryCount ?? 0),
    Timeout: entry(chosen.Timeout ?? 86_400),
    ReserveOnFail: entry(chosen.ReserveOnFail ?? false),
    ClusterId: entry(chosen.ClusterId ?? ''),
    ClassicNetwork: entry(chosen.ClassicNetwork ?? false),
  };
}

function entry<T>(value: T): AppConfigEntry<T> {
  return { Description: '', Default: value, Overwritable: true };
}
