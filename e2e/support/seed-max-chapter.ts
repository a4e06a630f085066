import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

const SEED = join(ROOT, '../shared/seeds/best-practices.zh.txt');

export interface MaxChapter {
  /** Renders an instance's share, on Windows. */
  work: string;
  /** Submits the job. Python 2. */
  test: string;
}

/** A script in the document: where it begins and ends, and the indentation that its PDF lost. */
interface Script {
  after: string;
  last: string;
  /** The first line whose indentation is lost. */
  lostFrom: string;
  /** Columns in steps of four, one figure a line from there on; blank lines and ends of wrapped ones are not counted. `.`: as it is. */
  lost: string;
}

const WORK: Script = {
  after: '\nwork.py\n',
  last: 'sys.exit(rc>8)',
  lostFrom: 'step = int(',
  lost: '1111122212222201111112211211111122222122233222201111111112121212122212201111111111111111111',
};
const TEST: Script = {
  after: '\ntest.py\n',
  last: 'print (e.get_status_code(), e.get_code(), e.get_requestid(), e.get_msg())',
  lostFrom: 'auto_desc.ReserveOnFail',
  lost: '111111111111111111111111...................11111111122122101111111111111110111111111111112222212',
};

/** Ends of string literals that the PDF wrapped. */
const WRAPPED = /^(?:\.max subffix|xxx\.max|eg: xxx\.max|upload \.|to upload|"1-10"|result, ?eg)/;

/** What was lost within lines: the kind of a quote, a quote, a backslash. Python would not read them otherwise. */
const DROPPED: readonly (readonly [string, string])[] = [
  ["'''\n    @param render_frames", '"""\n    @param render_frames'],
  ['eg: xxx.max.)', "eg: xxx.max.')"],
  [String.raw`2018\\" && "`, String.raw`2018\\\" && "`],
];

/**
 * The two scripts of the seed's 3ds Max chapter, letter for letter but for what its PDF lost: indentation, and lines that it
 * wrapped. Undefined where the seed does not lie beside the checkout.
 */
export function seedMaxChapter(): MaxChapter | undefined {
  if (!existsSync(SEED)) return undefined;
  const text = readFileSync(SEED, 'utf8');
  return { work: scriptOf(text, WORK), test: scriptOf(text, TEST) };
}

function scriptOf(text: string, { after, last, lostFrom, lost }: Script): string {
  const start = text.indexOf('#!/usr/bin/env python', text.indexOf(after));
  const lines: string[] = [];
  for (const line of text.slice(start, text.indexOf(last, start) + last.length).split('\n')) {
    if (line.trim() === '' || line.startsWith('```')) continue;
    if (WRAPPED.test(line)) lines.push(`${lines.pop() ?? ''} ${line}`);
    else lines.push(line);
  }
  const from = lines.findIndex((line) => line.startsWith(lostFrom));
  const whole = lines.map((line, index) => {
    const depth = Number(index < from ? 0 : lost[index - from]);
    return Number.isNaN(depth) ? line : `${' '.repeat(4 * depth)}${line}`;
  });
  return DROPPED.reduce((script, [wrong, right]) => script.replace(wrong, right), `${whole.join('\n')}\n`);
}
