import type { Clock, Notification } from '@rebatch/model';
import type { Store } from '../store/store.ts';
import { topicDestination, writeDestination } from './destination.ts';
import { eventBody } from './event-body.ts';
import type { Occurrence, Recorder } from './occurrence.ts';

type Topic = Notification['Topic'];

const TOPICS_REMEMBERED = 10_000;

/**
 * Puts what happened into the event log, and a letter into the outbox for everybody who wants to hear of it: the job's
 * topic and the owner's webhooks. `wake`: told when something new is durable.
 */
export function createRecorder({
  store,
  clock,
  wake,
}: {
  store: Store;
  clock: Clock;
  wake: () => void;
}): Recorder {
  const write = (
    event: { owner: string; name: string; subject: string; body: string },
    topic: Topic | undefined,
    at: number,
  ): void => {
    const { owner, name, body, subject } = event;
    const eventId = store.insertEvent({ ...event, at });
    const letter = { eventId, owner, name, body, createdAt: at };
    const send = (destination: string): void => store.enqueueLetter(letter, { destination, subject, at });
    if (topic?.Events.includes(name)) {
      const destination = topicDestination(owner, topic);
      if (destination !== undefined) send(writeDestination(destination));
    }
    for (const { id, events } of store.listWebhooks(owner)) {
      if (events.includes(name)) send(writeDestination({ kind: 'webhook', id }));
    }
  };

  /** By job id. A description may be large, and its topic never changes. */
  const topics = new Map<string, Topic | undefined>();
  const topicOf = ({ job }: Occurrence): Topic | undefined => {
    if (topics.has(job.id)) return topics.get(job.id);
    const topic = store.readTopic(job.seq);
    topics.set(job.id, topic);
    for (const oldest of topics.keys()) {
      if (topics.size <= TOPICS_REMEMBERED) break;
      topics.delete(oldest);
    }
    return topic;
  };

  return {
    record(occurrences) {
      const at = clock.now();
      for (const occurrence of occurrences) {
        const { name, job } = occurrence;
        const body = JSON.stringify(eventBody(occurrence, at));
        write({ owner: job.owner, name, subject: job.id, body }, topicOf(occurrence), at);
      }
    },
    recordCluster({ owner, clusterId, name, body, notification }) {
      const message = JSON.stringify({ Category: 'Cluster', ...body, ClusterId: clusterId, Event: name });
      write({ owner, name, subject: clusterId, body: message }, notification?.Topic, clock.now());
    },
    recorded: wake,
  };
}
