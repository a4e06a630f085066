import type { ServerResponse } from 'node:http';
import { type Clock, invalidParameter, throttling, type Timer } from '@rebatch/model';
import type { EventRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

export interface StreamRequest {
  owner: string;
  /** Id of the last event seen; absent: only what happens from now on. */
  after?: number;
  /** Only events of these names; all when empty. */
  names: ReadonlySet<string>;
  /** Only events of this job or cluster. */
  subject?: string;
}

/** Events as they happen, one endless answer for each reader (server-sent events, WHATWG HTML §9.2). */
export interface EventStreams {
  /** Answers with a stream. @throws WireError Throttling when the owner reads too many already */
  open(request: StreamRequest, response: ServerResponse): void;
  /** Something new is in the log. */
  wake(): void;
  /** Ends all streams. */
  close(): void;
  readonly size: number;
}

const STREAMS = 256;
const STREAMS_OF_ONE = 32;
/** Milliseconds between two lines to a reader who hears nothing, so that nobody in between hangs up. */
const HEARTBEAT_MS = 15_000;
/** Milliseconds for which what happens is gathered before the log is read. */
const GATHER_MS = 20;
const PAGE = 200;

interface Stream {
  request: StreamRequest;
  response: ServerResponse;
  after: number;
  /** The reader is slower than the events; nothing is read for it until it has caught up. */
  full: boolean;
}

/** The id that a reader may go on from. @throws WireError InvalidLastEventId */
export function parseEventId(text: string): number | undefined {
  if (text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalidParameter('LastEventId', 'Its type must be integer.');
  return Number(text);
}

export function createEventStreams({ store, clock }: { store: Store; clock: Clock }): EventStreams {
  const streams = new Set<Stream>();
  let gathering: Timer | undefined;
  let heartbeat: Timer | undefined;

  const end = (stream: Stream): void => {
    streams.delete(stream);
    stream.response.end();
  };

  const send = (stream: Stream, text: string): void => {
    if (stream.response.write(text)) return;
    stream.full = true;
    stream.response.once('drain', () => {
      stream.full = false;
      pump(stream);
    });
  };

  const pump = (stream: Stream): void => {
    const { request } = stream;
    try {
      while (!stream.full && streams.has(stream)) {
        const rows = store.listEvents({ owner: request.owner, after: stream.after, limit: PAGE });
        const last = rows.at(-1);
        if (last === undefined) return;
        stream.after = last.id;
        const text = rows.filter((row) => isWanted(request, row)).map(formatEvent);
        if (text.length > 0) send(stream, text.join(''));
      }
    } catch {
      // The log cannot be read: the reader comes again with the last id that it has seen.
      end(stream);
    }
  };

  const beat = (): void => {
    heartbeat = streams.size === 0 ? undefined : clock.after(HEARTBEAT_MS, beat);
    for (const stream of streams) if (!stream.full) send(stream, ': still here\n\n');
  };

  return {
    open(request, response) {
      const own = [...streams].filter((stream) => stream.request.owner === request.owner).length;
      if (streams.size >= STREAMS || own >= STREAMS_OF_ONE) throw throttling();
      const { oldest, newest } = store.eventBounds();
      const asked = request.after ?? newest;
      // Swept away since, or of a store that an older backup has replaced.
      const gap = asked > newest || asked + 1 < oldest;
      const stream: Stream = { request, response, after: gap ? oldest - 1 : asked, full: false };
      response.statusCode = 200;
      response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
      response.setHeader('Cache-Control', 'no-store');
      response.once('close', () => streams.delete(stream));
      streams.add(stream);
      send(stream, `retry: 2000\n${gap ? `event: Gap\ndata: ${gapBody(asked, oldest)}\n` : ''}\n`);
      pump(stream);
      heartbeat ??= clock.after(HEARTBEAT_MS, beat);
    },
    wake() {
      if (streams.size === 0) return;
      gathering ??= clock.after(GATHER_MS, () => {
        gathering = undefined;
        for (const stream of streams) pump(stream);
      });
    },
    close() {
      gathering?.cancel();
      heartbeat?.cancel();
      for (const stream of streams) end(stream);
    },
    get size() {
      return streams.size;
    },
  };
}

function isWanted({ names, subject }: StreamRequest, row: EventRow): boolean {
  return (names.size === 0 || names.has(row.name)) && (subject === undefined || subject === row.subject);
}

/** JSON has no line ends of its own, so that one `data` line holds it. */
function formatEvent({ id, name, body }: EventRow): string {
  return `id: ${id}\nevent: ${name}\ndata: ${body}\n\n`;
}

function gapBody(asked: number, oldest: number): string {
  return JSON.stringify({
    Category: 'Stream',
    Event: 'Gap',
    LastEventId: asked,
    OldestEventId: oldest,
    Message: 'Events after the given id are no longer kept; some may be missing.',
  });
}
