import type { Notification } from '@rebatch/model';
import type { Database } from './database.ts';

/**
 * Where a job's events go, without reading the rest of its description, which may be large; undefined when it names
 * no topic.
 */
export function readTopic(db: Database, seq: number): Notification['Topic'] | undefined {
  const text = db
    .statement("SELECT json_extract(description, '$.Notification.Topic') AS topic FROM job WHERE seq = ?")
    .get(seq)?.['topic'];
  if (typeof text !== 'string') return undefined;
  // Written by insert-job from this very type.
  const topic: Notification['Topic'] = JSON.parse(text);
  return topic;
}
