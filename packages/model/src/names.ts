import type { Field, TextRule } from './field.ts';
import {
  MAX_APP_JOB_NAME,
  MAX_APP_KEY,
  MAX_APP_REFERENCE,
  MAX_DAG_JOB_NAME,
  MAX_NAME,
  MAX_TASK_NAME,
} from './limits.ts';

/** Names of spec/batchcompute-api.md §6; messages of §17.1. `__proto__` would be one of them, and is no one's wish. */
const NAME = {
  matches: /^(?!__proto__$)[a-zA-Z_-][a-zA-Z0-9_-]*$/,
  why: 'It must only contain characters within [a-zA-Z0-9_-], and must not start with [0-9].',
};

const NAME_WITH_DIGIT_FIRST = {
  matches: /^(?!__proto__$)[a-zA-Z0-9_-]+$/,
  why: 'It must only contain characters within [a-zA-Z0-9_-].',
};

export const DAG_JOB_NAME: TextRule = { max: MAX_DAG_JOB_NAME, pattern: NAME };
export const APP_JOB_NAME: TextRule = { max: MAX_APP_JOB_NAME, pattern: NAME_WITH_DIGIT_FIRST };
export const CLUSTER_NAME: TextRule = { max: MAX_NAME, pattern: NAME };
export const IMAGE_NAME: TextRule = { max: MAX_NAME, pattern: NAME };
export const TASK_NAME: TextRule = { max: MAX_TASK_NAME, pattern: NAME };
export const APP_NAME: TextRule = { max: MAX_NAME, pattern: NAME_WITH_DIGIT_FIRST };
export const APP_KEY: TextRule = { max: MAX_APP_KEY, pattern: NAME_WITH_DIGIT_FIRST };

/** Group names may hold dots elsewhere turned into `-` by clients; the vendor states only their length (spec §6). */
export const GROUP_NAME: TextRule = { max: MAX_NAME, pattern: NAME_WITH_DIGIT_FIRST };

export const APP_REFERENCE: TextRule = {
  max: MAX_APP_REFERENCE,
  pattern: {
    matches: /^(?:Public:|:)?[a-zA-Z0-9_-]+$/,
    why: 'It must be Name, :Name or Public:Name with characters within [a-zA-Z0-9_-].',
  },
};

/** The beginning of a host name; a number follows it (spec/batchcompute-api.md §9.1). */
export const HOST_NAME_PREFIX: TextRule = {
  max: 50,
  pattern: {
    matches: /^[a-zA-Z0-9][a-zA-Z0-9-]*$/,
    why: 'It must only contain characters within [a-zA-Z0-9-], and must not start with "-".',
  },
};

/** A name that one process can hand to another. */
export const VARIABLE_NAME: TextRule = {
  max: 255,
  pattern: {
    matches: /^[^=\0\s]+$/,
    why: 'A variable\'s name must not contain "=", blanks or NUL characters.',
  },
};

/** Checks a key of a map that is a name itself; the error's path ends in the key: `InvalidGroups.{key}` (spec §17.1). */
export function checkName(map: Field, name: string, rule: TextRule): void {
  const field = map.at(name);
  if (name.length < 1 || name.length > rule.max) throw field.invalid(`Its size must be in [1, ${rule.max}].`);
  if (rule.pattern !== undefined && !rule.pattern.matches.test(name)) throw field.invalid(rule.pattern.why);
}

/** An App as a job names it (spec §6, AppName in a job). */
export interface AppReferenceName {
  scope: 'Private' | 'Public';
  name: string;
}

/** `Name` is private; `:Name` and `Public:Name` are public. For text that has passed the parser. */
export function splitAppName(appName: string): AppReferenceName {
  const colon = appName.indexOf(':');
  return colon < 0
    ? { scope: 'Private', name: appName }
    : { scope: 'Public', name: appName.slice(colon + 1) };
}
