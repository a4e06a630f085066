import { UsageError } from '../cli-error.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Milliseconds of `90s`, `1.5m`, `2h`. @throws UsageError for anything else; `option` names it there */
export function parseDuration(option: string, text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const factor = UNITS.get(unit);
  if (factor === undefined)
    throw new UsageError(`${option} must be a time such as 90s, 1.5m or 2h, not "${text}"`);
  return Number(number) * factor;
}
