import type { ClassResult } from './judge.ts';
import type { VendorSuite } from './suite.ts';

/** The part of a document that is about one suite, between two comments. */
export function suiteSection({ name, title }: VendorSuite, classes: readonly ClassResult[]): string {
  const sum = (kind: 'passed' | 'failed' | 'skipped') => classes.reduce((all, found) => all + found[kind], 0);
  const passed = sum('passed');
  const all = passed + sum('failed');
  const rows = classes.map((found) =>
    row([
      found.name,
      String(found.passed),
      String(found.failed),
      String(found.skipped),
      found.reasons.join('; '),
    ]),
  );
  const table = [
    row(['class', 'passed', 'failed', 'skip themselves', 'why they fail']),
    '|---|---|---|---|---|',
    ...rows,
  ];
  const heading = `### ${title}`;
  const nothing = ['Its package ships no tests.'];
  const body = classes.length === 0 ? nothing : [`${passed} of ${all} pass.`, '', ...table];
  return [begin(name), heading, '', ...body, end(name)].join('\n');
}

/**
 * Puts a suite's section into a document in the place of its last one.
 * @throws Error when the document has no such place
 */
export function replaceSection(document: string, name: string, section: string): string {
  const from = document.indexOf(begin(name));
  const to = document.indexOf(end(name));
  if (from === -1 || to < from)
    throw new Error(`the document has no place for ${name}: ${begin(name)} … ${end(name)}`);
  return document.slice(0, from) + section + document.slice(to + end(name).length);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function begin(name: string): string {
  return `<!-- npm run vendor-suites -- ${name} -->`;
}

function end(name: string): string {
  return `<!-- end of ${name} -->`;
}
