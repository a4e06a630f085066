import { metricFamily } from './metric-family.ts';
import type { Events } from './open-events.ts';

/** Figures of what is told to topics, webhooks and readers of the stream. */
export function deliveryMetrics(counts: ReturnType<Events['counts']>): string {
  return [
    ...metricFamily('rebatch_deliveries_total', 'counter', 'Tries to deliver a message, by how they ended.', [
      ['result="arrived"', counts.arrived],
      ['result="failed"', counts.failed],
    ]),
    ...metricFamily('rebatch_outbox_messages', 'gauge', 'Messages that wait to be delivered.', [
      ['', counts.waiting],
    ]),
    ...metricFamily('rebatch_dead_letters', 'gauge', 'Messages that were given up and are kept.', [
      ['', counts.dead],
    ]),
    ...metricFamily('rebatch_event_streams', 'gauge', 'Readers of the event stream.', [['', counts.streams]]),
  ].join('\n');
}
