import { CliError } from '../cli-error.ts';

/** What a server takes at once. */
const MOST_BYTES = 60 * 1024 * 1024;

/**
 * An export as exports of some `limit` bytes each, cut between records, each with its own first and last line. A record
 * that is larger goes alone.
 *
 * @throws CliError when it is none, was cut off, or one record is too large for any server
 */
export function splitExport(text: string, limit: number): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [header = '', ...rest] = lines;
  if (!header.includes('"rebatch-export"') || !isEnd(rest.pop() ?? '', rest)) {
    throw new CliError('this is no export, or it was cut off');
  }
  const parts: string[] = [];
  let records: string[] = [];
  let size = 0;
  const close = (): void => {
    const apps = records.filter((line) => kindOf(line) === 'App').length;
    const last = JSON.stringify({ Kind: 'End', Apps: apps, Jobs: records.length - apps });
    parts.push(`${[header, ...records, last].join('\n')}\n`);
    records = [];
    size = 0;
  };
  for (const line of rest) {
    const bytes = Buffer.byteLength(line) + 1;
    if (bytes > MOST_BYTES) throw new CliError(`a record of ${bytes} bytes is too large to be imported`);
    if (size > 0 && size + bytes > limit) close();
    records.push(line);
    size += bytes;
  }
  close();
  return parts;
}

/** True for the last line of an export of these records. */
function isEnd(line: string, records: readonly string[]): boolean {
  try {
    const { Kind: kind, Apps: apps, Jobs: jobs } = Object(JSON.parse(line));
    const count = (wanted: string): number => records.filter((record) => kindOf(record) === wanted).length;
    return kind === 'End' && apps === count('App') && jobs === count('Job');
  } catch {
    return false;
  }
}

/** Every record says first what it is, so that it need not be read whole. */
function kindOf(line: string): string {
  return /^\{"Kind":"(\w+)"/.exec(line)?.[1] ?? '';
}
