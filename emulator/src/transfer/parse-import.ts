import { invalidParameter } from '@rebatch/model';
import { isDeeperThan } from '../api/request/is-deeper-than.ts';
import { parseLine } from './parse-line.ts';
import { HEADER, type TransferRecord } from './records.ts';

/** As deep as a description, and the record around it. */
const MAX_DEPTH = 80;

/**
 * Reads an export whole, before anything of it is used.
 *
 * @throws WireError InvalidLine.{n} for what is no export, was cut off, or cannot be
 */
export function parseImport(text: string): TransferRecord[] {
  const values: unknown[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') values.push(parseJson(line, index + 1));
  }
  const header = Object(values[0]);
  if (header.Format !== HEADER.Format || header.Version !== HEADER.Version) {
    throw invalidParameter('Line.1', `It must be ${JSON.stringify(HEADER)}.`);
  }
  const end = Object(values.at(-1));
  if (end.Kind !== 'End') throw invalidParameter(`Line.${values.length}`, 'The export was cut off.');
  const records = values.slice(1, -1).map((value, index) => parseLine(value, index + 2));
  const jobs = records.filter(({ kind }) => kind === 'job').length;
  if (end.Jobs !== jobs || end.Apps !== records.length - jobs) {
    throw invalidParameter(`Line.${values.length}`, 'There are more or fewer records than it says.');
  }
  return records;
}

function parseJson(line: string, number: number): unknown {
  try {
    if (!isDeeperThan(line, MAX_DEPTH)) return JSON.parse(line);
  } catch {
    // Said below.
  }
  throw invalidParameter(`Line.${number}`, 'It is not JSON.');
}
