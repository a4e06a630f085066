import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { VendorSuite } from '../suite.ts';

/** Its package on npm has `lib`, `dist` and `shims`: the tests stay in the vendor's repository. */
export const aliOssSuite: VendorSuite = {
  name: 'ali-oss',
  title: '`ali-oss` 6.23 (Node)',
  reasons: [],
  async prepare() {
    const folder = dirname(createRequire(import.meta.url).resolve('ali-oss/package.json'));
    if (existsSync(join(folder, 'test'))) throw new Error(`${folder} has tests now: run them`);
    return Promise.resolve([]);
  },
};
