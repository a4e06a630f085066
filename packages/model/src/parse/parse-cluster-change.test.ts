import { expect, test } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import { changeCluster, parseClusterChange } from './parse-cluster-change.ts';
import { parseClusterDescription } from './parse-cluster.ts';

const CLUSTER = parseClusterDescription({
  Name: 'c1',
  ImageId: 'img-ubuntu',
  Groups: { workers: { DesiredVMCount: 2, ResourceType: 'Spot', HostnamePrefix: 'w' } },
  EnvVars: { A: '1' },
  Configs: { Networks: { VPC: { CidrBlock: '192.168.0.0/16' } } },
});
const after = (body: unknown) => changeCluster(CLUSTER, parseClusterChange(body));

test('an empty change, and one of empty things, change nothing', () => {
  for (const body of [{}, { Groups: {}, UserData: {}, EnvVars: {}, Configs: { Mounts: {} }, ImageId: '' }]) {
    expect(after(body)).toEqual(CLUSTER);
  }
});

test('a group changes in what is named only, down to no machine at all', () => {
  expect(after({ Groups: { workers: { DesiredVMCount: 0 } } }).Groups['workers']).toEqual({
    DesiredVMCount: 0,
    ResourceType: 'Spot',
    HostnamePrefix: 'w',
  });
  const spot = { SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: 0.6 };
  expect(after({ Groups: { workers: spot } }).Groups['workers']).toMatchObject({
    DesiredVMCount: 2,
    ...spot,
  });
});

test('a group that is not there yet is added, and needs its count', () => {
  const groups = after({ Groups: { more: { DesiredVMCount: 3 } } }).Groups;
  expect(Object.keys(groups)).toEqual(['workers', 'more']);
  expect(groups['more']).toEqual({ DesiredVMCount: 3, ResourceType: 'OnDemand' });
  const { code } = refusal(() => after({ Groups: { more: { InstanceType: 'ecs.sn1ne.large' } } }));
  expect(code).toBe('MissingDesiredVMCount');
});

test('image, user data, variables and mounts are replaced, other Configs stay', () => {
  const entry = { Source: 'oss://refs/all/', Destination: '/ref/', WriteSupport: false };
  const cluster = after({
    ImageId: 'img-other',
    UserData: { k: 'v' },
    EnvVars: { B: '2' },
    Configs: { Mounts: { Entries: [entry] } },
  });
  expect(cluster).toMatchObject({ ImageId: 'img-other', UserData: { k: 'v' }, EnvVars: { B: '2' } });
  expect(cluster.EnvVars['A']).toBeUndefined();
  expect(cluster.Configs).toMatchObject({
    Mounts: { Entries: [entry] },
    Networks: { VPC: { CidrBlock: '192.168.0.0/16' } },
  });
});

test.each([
  [{ Groups: { workers: { DesiredVMCount: 65_537 } } }, 'InvalidDesiredVMCount'],
  [{ Groups: { workers: { DesiredVMCount: 'x' } } }, 'InvalidDesiredVMCount'],
  [{ Groups: 'workers' }, 'InvalidGroups'],
  [{ Groups: { workers: { HostnamePrefix: 'not a host' } } }, 'InvalidGroups.workers.HostnamePrefix'],
  [[], 'InvalidHttpBody'],
])('%j is refused', (body, code) => {
  expect(refusal(() => after(body)).code).toBe(code);
});
