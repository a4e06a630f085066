import { describe, expect, it } from 'vitest';
import { Closers } from './closers.ts';

describe('What was opened', () => {
  it('is closed once, the last first, although one fails', async () => {
    const order: string[] = [];
    const closers = new Closers();
    closers.add('first', () => void order.push('first'));
    closers.add('second', () => {
      throw new Error('broken');
    });
    closers.add('third', async () => void order.push('third'));
    const note = (name: string, error: unknown) => void order.push(`${name}: ${String(error)}`);
    await closers.closeAll(note);
    await closers.closeAll(note);
    expect(order).toEqual(['third', 'second: Error: broken', 'first']);
  });
});
