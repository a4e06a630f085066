import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseGoTest } from '../parse-go-test.ts';
import { GO2_REASONS } from '../reasons/go2.ts';
import type { SuiteStore } from '../suite-store.ts';
import type { Outcome, TestGroup, VendorSuite } from '../suite.ts';
import { buildGoTests, type GoTests, runGoTests } from './go-tests.ts';

export const go2Suite: VendorSuite = {
  name: 'go2',
  title: 'Go SDK v2 1.6.1, its integration tests',
  reasons: GO2_REASONS,
  async prepare() {
    const tests = await buildGoTests({
      module: 'github.com/aliyun/alibabacloud-oss-go-sdk-v2@v1.6.1',
      below: 'oss',
      build: (copy) => ({ cwd: copy, args: ['-tags', 'integration', './oss'] }),
    });
    const files = (await readdir(join(tests.source, tests.below))).filter((name) => INTEGRATION.test(name));
    const groups = await Promise.all(files.map(async (name) => group(name, tests)));
    return groups.filter((found) => found !== undefined);
  },
};

/** A file is what other suites call a class. */
const INTEGRATION = /^client_integration_(.*)_test\.go$/;

async function group(file: string, tests: GoTests): Promise<TestGroup | undefined> {
  const name = INTEGRATION.exec(file)?.[1] ?? file;
  const source = await readFile(join(tests.source, tests.below, file), 'utf8');
  const functions = [...source.matchAll(/^func (Test\w+)\(/gm)].map(([, test = '']) => test);
  if (functions.length === 0) return undefined;
  return { name, run: async (store) => runTests(name, functions, tests, store) };
}

/** A test that panics takes those behind it along: they are run again without it. */
async function runTests(
  name: string,
  functions: readonly string[],
  tests: GoTests,
  store: SuiteStore,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let left = functions; left.length > 0; ) {
    const args = ['-test.v', '-test.run', `^(${left.join('|')})$`];
    const { stdout, stderr } = await runGoTests(tests, args, store);
    const found = parseGoTest(stdout, name);
    if (found.length === 0) throw new Error(`${name}: no test of ${left.join(', ')} ran: ${stderr}`);
    // What ended the program is on the other stream.
    outcomes.push(...found.map((one) => (one.why === '' ? { ...one, why: stderr.slice(0, 500) } : one)));
    const done = new Set(found.map(({ test }) => test));
    left = left.filter((test) => !done.has(`${name}.${test}`));
  }
  return outcomes;
}
