import { invalidPolicyDocument, policyRefuses } from '../gateway/oss-errors.ts';

/** Bytes that the file may have. */
export interface LengthRange {
  least: number;
  most: number;
}

/**
 * Checks a form against the policy that was signed with it. `fields` by lower-case name, the bucket among them; `now` in
 * milliseconds since the epoch. What cannot be known before the file was read is returned.
 * @throws OssError InvalidPolicyDocument, AccessDenied
 */
export function checkPostPolicy(
  policy: string,
  fields: ReadonlyMap<string, string>,
  now: number,
): LengthRange {
  const document = parsePolicy(policy);
  const expires = Date.parse(document.expiration);
  if (Number.isNaN(expires)) {
    throw invalidPolicyDocument('expiration is no time');
  }
  if (expires <= now) {
    throw policyRefuses('Policy expired.');
  }
  const range: LengthRange = { least: 0, most: Number.MAX_SAFE_INTEGER };
  for (const condition of document.conditions) {
    checkCondition(condition, fields, range);
  }
  return range;
}

function parsePolicy(policy: string): { expiration: string; conditions: unknown[] } {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(policy, 'base64').toString('utf8'));
  } catch (error) {
    throw invalidPolicyDocument('it is no JSON in base64', error);
  }
  const expiration = field(document, 'expiration');
  const conditions: unknown = field(document, 'conditions');
  if (typeof expiration !== 'string' || !Array.isArray(conditions)) {
    throw invalidPolicyDocument('it needs an expiration and a list of conditions');
  }
  return { expiration, conditions };
}

function checkCondition(condition: unknown, fields: ReadonlyMap<string, string>, range: LengthRange): void {
  if (!Array.isArray(condition)) {
    for (const [name, value] of Object.entries(asObject(condition))) {
      require(fields.get(name.toLowerCase()) === value, condition);
    }
    return;
  }
  const [kind, name, operand]: unknown[] = condition;
  if (String(kind).toLowerCase() === 'content-length-range') {
    range.least = Math.max(range.least, wholeNumber(name));
    range.most = Math.min(range.most, wholeNumber(operand));
    return;
  }
  if (typeof name !== 'string' || !name.startsWith('$')) {
    throw invalidPolicyDocument('a condition names a field by $ and its name');
  }
  const value = fields.get(name.slice(1).toLowerCase());
  require(holds(String(kind).toLowerCase(), value, operand), condition);
}

function holds(kind: string, value: string | undefined, operand: unknown): boolean {
  switch (kind) {
    case 'eq':
      return value === operand;
    case 'starts-with':
      return typeof operand === 'string' && value?.startsWith(operand) === true;
    case 'in':
      return Array.isArray(operand) && operand.includes(value);
    case 'not-in':
      return Array.isArray(operand) && !operand.includes(value);
    default:
      throw invalidPolicyDocument('a condition is eq, starts-with, in, not-in or content-length-range');
  }
}

function require(isTrue: boolean, condition: unknown): void {
  if (!isTrue) {
    throw policyRefuses(`Policy Condition failed: ${JSON.stringify(condition)}`);
  }
}

function wholeNumber(value: unknown): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
    throw invalidPolicyDocument('content-length-range has two numbers of bytes');
  }
  return number;
}

function asObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) {
    throw invalidPolicyDocument('a condition is a list or an object');
  }
  return value;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
