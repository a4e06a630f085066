import { expect, test } from 'vitest';
import { fitToMachine, INSTANCE_TYPES, instanceType } from './instance-types.ts';
import { availableView, quotasView } from './resource-views.ts';

const GB = 1024 ** 3;

test('the sizes that the seed and the command line name are known', () => {
  expect(instanceType('ecs.sn1ne.2xlarge')).toMatchObject({ cpus: 8, memoryGb: 16 });
  expect(instanceType('bcs.b4.5xlarge')).toMatchObject({ cpus: 24, memoryGb: 96 });
  expect(instanceType('constructor')).toBeUndefined();
  expect(new Set(INSTANCE_TYPES.map(({ name }) => name)).size).toBe(INSTANCE_TYPES.length);
});

test('a size larger than the machine is fitted to it, a smaller one kept', () => {
  const laptop = { cpus: 4, memoryBytes: 32 * GB };
  expect(fitToMachine(instanceType('ecs.sn1ne.2xlarge'), laptop)).toEqual({
    cpus: 4,
    memoryBytes: 16 * GB,
  });
  expect(fitToMachine(instanceType('ecs.sn2ne.4xlarge'), laptop)).toEqual(laptop);
  expect(fitToMachine(undefined, laptop)).toEqual(laptop);
});

test('quotas and available resources speak of the same types, smallest first', () => {
  const { AvailableClusterInstanceType: names } = quotasView();
  const { AvailableClusterInstanceType: types } = availableView();
  expect(types.map(({ InstanceType }) => InstanceType)).toEqual(names);
  expect(types[0]).toEqual({
    InstanceType: 'ecs.sn1ne.large',
    CpuCore: 2,
    MemorySize: 4,
    Network: { Classic: true, Vpc: true },
  });
});

test('every list of the quotas and the available resources has something in it', () => {
  for (const list of [...Object.values(quotasView()), ...Object.values(availableView())]) {
    expect(list).not.toHaveLength(0);
  }
});
