import type { Notification } from '../descriptions.ts';
import type { Field } from '../field.ts';
import { MAX_DESCRIPTION, MAX_LIST, MAX_TEXT } from '../limits.ts';
import { withoutUndefined } from '../without-undefined.ts';

const SUBJECTS = ['OnJob', 'OnTask', 'OnInstance'] as const;
const STATES = ['Waiting', 'Running', 'Stopped', 'Finished', 'Failed'] as const;

/** Events that a topic may ask for (spec/batchcompute-api.md §15): those of clusters, then those of jobs. */
export const EVENTS: readonly string[] = [
  'OnClusterDeleted',
  'OnInstanceCreated',
  'OnInstanceActive',
  ...SUBJECTS.flatMap((subject) => STATES.map((state) => `${subject}${state}`)),
  'OnPriorityChange',
];

/** Undefined when the topic has nothing in it: clients send `{"Topic": {}}` and topics of empty texts (spec §7). */
export function readNotification(field: Field): Notification | undefined {
  const topic = field.at('Topic');
  const name = topic.at('Name').text({ max: MAX_TEXT });
  const endpoint = topic.at('Endpoint').text({ max: MAX_TEXT });
  const events = topic
    .at('Events')
    .items(MAX_LIST)
    .flatMap((item) => item.choice(EVENTS) ?? []);
  const userData = topic.at('UserData').text({ max: MAX_DESCRIPTION });
  const userTemplate = topic.at('UserTemplate').text({ max: MAX_DESCRIPTION });
  const given = [name, endpoint, userData, userTemplate].some((value) => value !== undefined);
  if (!given && events.length === 0) return undefined;
  return {
    Topic: withoutUndefined({
      Name: name ?? '',
      Endpoint: endpoint ?? '',
      Events: events,
      UserData: userData,
      UserTemplate: userTemplate,
    }),
  };
}
