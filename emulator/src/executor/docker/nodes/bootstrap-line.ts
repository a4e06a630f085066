import { type Contract, WINDOWS_PROGRAM } from '@rebatch/worker';

/** A bootstrap as the shell of its machine reads it: on Windows, that only starts what reads it as Windows would. */
export function bootstrapLine(bootstrap: string, contract: Contract): string {
  if (contract !== 'windows' || bootstrap === '') return bootstrap;
  return `${WINDOWS_PROGRAM} '' '${bootstrap.replaceAll("'", `'\\''`)}'`;
}
