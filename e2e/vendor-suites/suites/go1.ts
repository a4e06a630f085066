import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../support/paths.ts';
import { parseGocheck } from '../parse-gocheck.ts';
import { GO1_REASONS } from '../reasons/go1.ts';
import type { TestGroup, VendorSuite } from '../suite.ts';
import { buildGoTests, type GoTests, runGoTests } from './go-tests.ts';

export const go1Suite: VendorSuite = {
  name: 'go1',
  title: 'Go SDK v1 3.0.2, all its tests',
  reasons: GO1_REASONS,
  async prepare() {
    const tests = await buildGoTests({
      module: 'github.com/aliyun/aliyun-oss-go-sdk@v3.0.2+incompatible',
      below: 'oss',
      // It is no module of its own: the clients' module names what it needs.
      build: () => ({
        cwd: join(ROOT, 'e2e/clients/go'),
        args: ['github.com/aliyun/aliyun-oss-go-sdk/oss'],
      }),
    });
    return (await classes(join(tests.source, tests.below))).map((name) => group(name, tests));
  },
};

function group(name: string, tests: GoTests): TestGroup {
  return {
    name,
    run: async (store) => {
      const { stdout } = await runGoTests(tests, ['-check.v', '-check.f', `^${name}\\.`], store);
      return parseGocheck(stdout);
    },
  };
}

/** The names that are registered by `var _ = Suite(&Name{})`. */
async function classes(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('_test.go'));
  const sources = await Promise.all(files.map(async (name) => readFile(join(folder, name), 'utf8')));
  return sources.flatMap((source) =>
    [...source.matchAll(/Suite\(&(\w+)\{\}\)/g)].map(([, name = '']) => name),
  );
}
