import { AttemptFailure } from '@rebatch/worker';
import { expect, test } from 'vitest';
import { findGpus, gpuOptions } from './gpus.ts';

const find = (info: object, ...devices: string[]): Promise<string> =>
  findGpus({ info: async () => info }, async (path) => devices.includes(path));

test('GPUs are found by what the engine says of itself, else by the devices of the host', async () => {
  expect(await find({ Runtimes: { runc: {}, nvidia: {} } }, '/dev/dri')).toBe('nvidia');
  expect(await find({ DiscoveredDevices: [{ Source: 'cdi', ID: 'nvidia.com/gpu=all' }] })).toBe('cdi');
  expect(await find({ Runtimes: { runc: {} } }, '/dev/dri')).toBe('dri');
  expect(await find({ Runtimes: { runc: {} } })).toBe('none');
});

test('a task without GPUs gets none, one with some gets what the host has', () => {
  const two = { gpus: { count: 2, required: true } };
  expect(gpuOptions({}, 'nvidia')).toEqual({});
  expect(gpuOptions(two, 'nvidia').DeviceRequests).toMatchObject([{ Driver: 'nvidia', Count: 2 }]);
  expect(gpuOptions(two, 'cdi').DeviceRequests).toEqual([
    { Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=all'] },
  ]);
  expect(gpuOptions(two, 'dri').Devices).toMatchObject([{ PathOnHost: '/dev/dri' }]);
});

test('without a GPU a task that must have one fails, others go without', () => {
  expect(gpuOptions({ gpus: { count: 1, required: false } }, 'none')).toEqual({});
  expect(() => gpuOptions({ gpus: { count: 1, required: true } }, 'none')).toThrow(
    new AttemptFailure(
      'InvalidInstanceType',
      'The instance type has 1 GPU, and this host has none that Docker can hand on.',
    ),
  );
});
