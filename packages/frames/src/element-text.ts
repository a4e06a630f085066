import type { FrameElement } from './frame-element.ts';

const MODIFIERS = { every: 'x', between: 'y', interleave: '~', halves: '@' } as const;

/** The shortest spelling of an element. */
export function elementText({ kind, start, end, interval }: FrameElement): string {
  if (kind === 'every' && start === end) return String(start);
  if (kind === 'every' && interval === 1) return `${start}-${end}`;
  return `${start}-${end}${MODIFIERS[kind]}${kind === 'halves' ? '' : interval}`;
}
