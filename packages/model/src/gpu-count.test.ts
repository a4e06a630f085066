import { expect, test } from 'vitest';
import { gpuCount } from './gpu-count.ts';

test.each([
  ['ecs.gn5-c4g1.xlarge', 1],
  ['ecs.gn5-c4g1.2xlarge', 2],
  ['ecs.gn5-c28g1.7xlarge', 1],
  ['ecs.gn5-c28g1.14xlarge', 2],
  ['ecs.gn5i-c2g1.large', 1],
  ['ecs.gn6i-c24g1.24xlarge', 4],
  ['ecs.gn6v-c8g1.16xlarge', 8],
  ['ecs.vgn6i-m4.xlarge', 1],
  ['ecs.ga1.xlarge', 1],
  ['ecs.sn1ne.large', 0],
  ['bcs.a2.large', 0],
  ['', 0],
])('%s has %i GPUs', (type, count) => {
  expect(gpuCount(type)).toBe(count);
});
