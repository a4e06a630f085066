import { integer, list, object, text, texts, type WireObject } from '../batchcompute/wire-value.ts';

/** Something that happened. `message`: what topics and webhooks are told (docs/notifications.md). */
export interface HappenedEvent {
  /** Grows with time; a reader goes on after the last one that it has seen. 0 for a note about the stream itself. */
  id: number;
  /** Such as `OnJobFinished`. */
  name: string;
  message: WireObject;
}

export interface Webhook {
  id: string;
  url: string;
  events: string[];
  creationTime: string;
}

/** A message that was given up. */
export interface DeadLetter {
  id: number;
  event: string;
  to: string;
  tries: number;
  reason: string;
  eventTime: string;
  givenUpTime: string;
  message: string;
}

export function readEvent(value: unknown): HappenedEvent {
  const { Id: id, ...message } = object(value);
  return { id: integer(id), name: text(message.Event), message };
}

export function readWebhook(value: unknown): Webhook {
  const hook = object(value);
  return {
    id: text(hook.Id),
    url: text(hook.Url),
    events: texts(hook.Events),
    creationTime: text(hook.CreationTime),
  };
}

export function readWebhooks(value: unknown): Webhook[] {
  return list(object(value).Items).map(readWebhook);
}

export function readDeadLetter(value: unknown): DeadLetter {
  const letter = object(value);
  return {
    id: integer(letter.Id),
    event: text(letter.Event),
    to: text(letter.To),
    tries: integer(letter.Tries),
    reason: text(letter.Reason),
    eventTime: text(letter.EventTime),
    givenUpTime: text(letter.GivenUpTime),
    message: text(letter.Message),
  };
}
