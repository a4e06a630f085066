import type { JobDescription } from '../descriptions.ts';
import { Field } from '../field.ts';
import { MAX_APP_DESCRIPTION, MAX_DESCRIPTION, MAX_PRIORITY } from '../limits.ts';
import { APP_JOB_NAME, DAG_JOB_NAME } from '../names.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { parseAppReference } from './parse-app-reference.ts';
import { parseDag } from './parse-dag.ts';
import { readNotification } from './read-notification.ts';

/**
 * The body of POST /jobs (spec/batchcompute-api.md §7, §8.1) with every default filled.
 * @throws WireError 400 with the code of spec §17 for the first field that cannot be used.
 */
export function parseJobDescription(body: unknown): JobDescription {
  const field = Field.ofBody(body);
  const typeField = field.at('Type');
  const type = typeField.choice(['DAG', 'App']);
  if (type === undefined) throw typeField.missing();
  const maxDescription = type === 'App' ? MAX_APP_DESCRIPTION : MAX_DESCRIPTION;
  const common = withoutUndefined({
    Name: field.at('Name').requiredText(type === 'App' ? APP_JOB_NAME : DAG_JOB_NAME),
    Description: field.at('Description').text({ max: maxDescription }) ?? '',
    Priority: field.at('Priority').integer(0, MAX_PRIORITY) ?? 0,
    JobFailOnInstanceFail: field.at('JobFailOnInstanceFail').flag() ?? true,
    AutoRelease: field.at('AutoRelease').flag() ?? false,
    Notification: readNotification(field.at('Notification')),
  });
  const part = field.at(type);
  if (!part.given) throw part.missing();
  return type === 'App'
    ? { ...common, Type: type, App: parseAppReference(part) }
    : { ...common, Type: type, DAG: parseDag(part) };
}
