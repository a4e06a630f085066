import type { HappenedEvent } from '@rebatch/client';
import { formatWireTime } from '../terminal/format-time.ts';
import { printable } from '../terminal/printable.ts';

/** One event as a line: when, what, to which job, task and instance. */
export function eventLine({ id, name, message }: HappenedEvent): string {
  const text = (key: string): string => {
    const value = message[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const where = [text('TaskName'), text('InstanceId')].filter((part) => part !== '').join('.');
  const place = [text('JobId') || text('ClusterId'), text('JobName'), where].filter((part) => part !== '');
  const note = text('Message') === '' ? '' : `: ${text('Message')}`;
  const line = `${formatWireTime(text('EventTime') || text('CreationTime'))}  ${String(id).padStart(6)}  ${name.padEnd(18)}  ${place.join('  ')}${note}`;
  return `${printable(line)}\n`;
}

/** One event as a line of JSON. */
export function eventJson({ id, message }: HappenedEvent): string {
  return `${JSON.stringify({ Id: id, ...message })}\n`;
}
