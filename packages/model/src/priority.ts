import { Field } from './field.ts';
import { MAX_PRIORITY } from './limits.ts';

/**
 * The body of ChangeJobPriority, `{"Priority": n}`; n may be text (spec/batchcompute-api.md §17.1).
 * @throws MissingPriority, InvalidPriority, InvalidHttpBody
 */
export function parsePriorityBody(body: unknown): number {
  const field = Field.ofBody(body).at('Priority');
  const priority = field.integer(0, MAX_PRIORITY);
  if (priority === undefined) throw field.missing();
  return priority;
}
