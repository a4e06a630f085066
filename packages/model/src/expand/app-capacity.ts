import type { AppDescription, AutoCluster, Disks, TaskDescription } from '../descriptions.ts';
import { RESOURCE_TYPES } from '../parse/read-capacity.ts';
import { record } from '../record.ts';
import { withoutUndefined } from '../without-undefined.ts';
import type { AppConfigValues } from './app-config.ts';

/** Where the task of an App job runs: on the cluster of the Config, else on an AutoCluster (spec/batchcompute-api.md §8.1). */
export function appCapacity(
  app: AppDescription,
  config: AppConfigValues,
): Pick<TaskDescription, 'ClusterId' | 'AutoCluster'> {
  if (config.ClusterId !== '') return { ClusterId: config.ClusterId };
  return {
    AutoCluster: withoutUndefined({
      ...vmImage(app.VM?.ECSImageId),
      InstanceType: config.InstanceType === '' ? undefined : config.InstanceType,
      ResourceType: RESOURCE_TYPES.find((type) => type === config.ResourceType) ?? 'OnDemand',
      Configs: { Disks: disks(config) },
      UserData: record<string>(),
      ReserveOnFail: config.ReserveOnFail,
    }),
  };
}

/** Samples put `img-…` ids into the field for ECS images, too (spec Appendix A.5). */
function vmImage(id: string | undefined): Pick<AutoCluster, 'ImageId' | 'ECSImageId'> {
  if (id === undefined) return {};
  return id.startsWith('img-') ? { ImageId: id } : { ECSImageId: id };
}

function disks(config: AppConfigValues): Disks {
  return withoutUndefined({
    SystemDisk: config.MinDiskSize > 0 ? { Type: config.DiskType, Size: config.MinDiskSize } : undefined,
    DataDisk:
      config.MinDataDiskSize > 0
        ? {
            Type: config.DataDiskType,
            Size: config.MinDataDiskSize,
            MountPoint: config.DataDiskMountPoint,
          }
        : undefined,
  });
}
