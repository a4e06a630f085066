/** Where a letter goes. A topic's letters are signed with the owner's access key, a webhook's with its own secret. */
export type Destination =
  | { kind: 'mns'; owner: string; endpoint: string; topic: string }
  /** A topic whose Endpoint is `webhook+http(s)://…`. */
  | { kind: 'hook'; owner: string; url: string }
  /** A webhook that the account has registered. */
  | { kind: 'webhook'; id: string };

const HOOK_PREFIX = 'webhook+';

/** Undefined for a topic that says too little to be told anything. */
export function topicDestination(
  owner: string,
  topic: { Name: string; Endpoint: string },
): Destination | undefined {
  const endpoint = topic.Endpoint.trim();
  if (endpoint.toLowerCase().startsWith(HOOK_PREFIX)) {
    return { kind: 'hook', owner, url: endpoint.slice(HOOK_PREFIX.length) };
  }
  if (endpoint === '' || topic.Name === '') return undefined;
  return { kind: 'mns', owner, endpoint, topic: topic.Name };
}

/** As the outbox keeps it; equal for equal destinations. */
export function writeDestination(destination: Destination): string {
  if (destination.kind === 'webhook') return JSON.stringify(['webhook', destination.id]);
  const { kind, owner } = destination;
  return kind === 'hook'
    ? JSON.stringify([kind, owner, destination.url])
    : JSON.stringify([kind, owner, destination.endpoint, destination.topic]);
}

/** Undoes `writeDestination`. @throws Error for any other text */
export function readDestination(text: string): Destination {
  const [kind, first, second, third]: unknown[] = JSON.parse(text);
  if (
    kind === 'mns' &&
    typeof first === 'string' &&
    typeof second === 'string' &&
    typeof third === 'string'
  ) {
    return { kind, owner: first, endpoint: second, topic: third };
  }
  if (kind === 'hook' && typeof first === 'string' && typeof second === 'string') {
    return { kind, owner: first, url: second };
  }
  if (kind === 'webhook' && typeof first === 'string') return { kind, id: first };
  throw new Error(`The outbox holds an unknown destination: ${text.slice(0, 200)}`);
}
