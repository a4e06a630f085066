import { INSTANCE_TYPES } from './instance-types.ts';
import { RESOURCE_TYPES } from './parse/read-capacity.ts';
import type { AvailableView, InstanceTypeView, QuotasView } from './views.ts';

const DISK_TYPES = ['cloud_efficiency', 'cloud_ssd', 'cloud'] as const;

/** GET /quotas (spec/batchcompute-api.md §16). */
export function quotasView(): QuotasView {
  const names = INSTANCE_TYPES.map(({ name }) => name);
  return {
    AvailableClusterResourceType: [...RESOURCE_TYPES],
    AvailableClusterInstanceDataDiskType: [...DISK_TYPES],
    AvailableClusterInstanceSystemDiskType: [...DISK_TYPES],
    AvailableClusterInstanceType: names,
    AvailableSpotInstanceType: [...names],
  };
}

/** GET /available (spec §16); its types are those of /quotas, since the command-line client shows only what both have. */
export function availableView(): AvailableView {
  return {
    AvailableClusterInstanceType: instanceTypeViews(),
    AvailableSpotInstanceType: instanceTypeViews(),
    AvailablePrepaidInstanceType: instanceTypeViews(),
    AvailableResourceType: [...RESOURCE_TYPES],
    AvailableSystemDiskType: [...DISK_TYPES],
    AvailableDataDiskType: [...DISK_TYPES],
  };
}

function instanceTypeViews(): InstanceTypeView[] {
  return INSTANCE_TYPES.map(({ name, cpus, memoryGb }) => ({
    InstanceType: name,
    CpuCore: cpus,
    MemorySize: memoryGb,
    Network: { Classic: true, Vpc: true },
  }));
}
