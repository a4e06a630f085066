import type { Administration } from '@rebatch/emulator';
import { UsageError } from '../cli-error.ts';
import { type Column, formatTable } from '../terminal/table.ts';
import type { Action } from './action.ts';

export interface ListActionParts<Row> {
  rows: (administration: Administration) => readonly Row[];
  columns: readonly Column<Row>[];
  /** Said in place of a table without rows. */
  none?: string;
}

/** `list` of a command: a table for people, or with --json all that there is. */
export function listAction<Row>({ rows, columns, none }: ListActionParts<Row>): Action {
  return async (administration, args, options, io) => {
    if (args[0] !== undefined) throw new UsageError(`what is "${args[0]}"?`);
    const found = rows(administration);
    if (options.flag('json')) await io.out(`${JSON.stringify(found, null, 2)}\n`);
    else if (found.length === 0 && none !== undefined) io.err(`${none}\n`);
    else await io.out(formatTable(columns, found));
    return 0;
  };
}
