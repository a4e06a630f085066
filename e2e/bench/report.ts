import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** One figure; `peer` is what it was held against in the same run (architecture.md §6). */
export interface BenchRow {
  id: string;
  value: number;
  unit: string;
  peer?: string;
  peerValue?: number;
  ratio?: number;
}

/** Prints a table for people and, when asked, writes the rows with the machine that made them. */
export async function report(rows: BenchRow[], jsonFile: string | undefined): Promise<void> {
  const table = rows.map((row) => [
    row.id,
    cell(row.value),
    row.unit,
    row.peer ?? '',
    cell(row.peerValue),
    cell(row.ratio),
  ]);
  table.unshift(['figure', 'value', 'unit', 'peer', 'peer value', 'ratio']);
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((line) => line[column]?.length ?? 0)),
  );
  for (const line of table) {
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  if (jsonFile === undefined) return;
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
  };
  await writeFile(jsonFile, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function cell(value: number | undefined): string {
  if (value === undefined) return '';
  return value.toLocaleString('en', { maximumSignificantDigits: 4, useGrouping: false });
}
