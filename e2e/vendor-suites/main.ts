import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../support/paths.ts';
import { judge } from './judge.ts';
import { runSuite } from './run-suite.ts';
import { replaceSection, suiteSection } from './section.ts';
import { aliOssSuite } from './suites/ali-oss.ts';
import { go1Suite } from './suites/go1.ts';
import { go2Suite } from './suites/go2.ts';
import { oss2Suite } from './suites/oss2.ts';

const SUITES = [oss2Suite, go1Suite, go2Suite, aliOssSuite];
const DOCUMENT = join(ROOT, 'docs/object-clients.md');

/**
 * `npm run vendor-suites -- [oss2] [go1] [go2] [ali-oss] [--parallel 4]`: runs the vendor's own tests, unmodified, and writes
 * what became of them into docs/object-clients.md. Exit code 1 when a test failed without a reason in `reasons/`, or a reason
 * is out of date.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { parallel: { type: 'string', default: '4' } },
});
const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) throw new Error(`there is no suite "${unknown.join('", "')}"`);

for (const suite of SUITES) {
  if (positionals.length > 0 && !positionals.includes(suite.name)) continue;
  const outcomes = await runSuite(suite, Number(values.parallel), (name, found) => {
    const passed = found.filter(({ outcome }) => outcome === 'passed').length;
    console.log(`${suite.name}: ${name}: ${passed} of ${found.length} passed`);
  });
  const { classes, unexplained, stale } = judge(outcomes, suite.reasons);
  for (const { test, why } of unexplained) console.error(`failed without a reason: ${test}: ${why}`);
  for (const { reason, tests, says } of stale) {
    console.error(
      `a reason for what does not fail: ${reason} (${tests?.source ?? ''} ${says?.source ?? ''})`,
    );
  }
  if (unexplained.length + stale.length > 0) process.exitCode = 1;
  const document = await readFile(DOCUMENT, 'utf8');
  await writeFile(DOCUMENT, replaceSection(document, suite.name, suiteSection(suite, classes)));
}
