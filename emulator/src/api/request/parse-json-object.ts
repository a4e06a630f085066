import { invalidHttpBody, invalidJsonFormat } from '@rebatch/model';
import { decodeBodyText } from './decode-body-text.ts';
import { isDeeperThan } from './is-deeper-than.ts';

/** The deepest description of the API has about ten levels. */
const MAX_DEPTH = 64;

/**
 * A body as a JSON object, whatever its Content-Type says (clients.md §9.2).
 *
 * @throws WireError InvalidJsonFormat, InvalidHttpBody
 */
export function parseJsonObject(body: Buffer): Record<string, unknown> {
  const text = decodeBodyText(body);
  if (isDeeperThan(text, MAX_DEPTH)) throw invalidJsonFormat();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidJsonFormat();
  }
  if (!isObject(value)) throw invalidHttpBody();
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
