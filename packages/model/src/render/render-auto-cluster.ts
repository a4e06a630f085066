import type { AutoCluster } from '../descriptions.ts';

const EMPTY: AutoCluster = {
  ImageId: '',
  ECSImageId: '',
  InstanceType: '',
  ResourceType: 'OnDemand',
  UserData: {},
  ReserveOnFail: false,
  DependencyIsvService: '',
};

/** With "" for what is not given, also when a fixed cluster is used (spec/batchcompute-api.md §10.5). */
export function renderAutoCluster(autoCluster: AutoCluster | undefined): AutoCluster {
  return { ...EMPTY, ...autoCluster };
}
