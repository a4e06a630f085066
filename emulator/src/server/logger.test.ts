import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

const logInto = (lines: string[]) =>
  createLogger(
    'info',
    (line) => lines.push(line),
    () => 0,
  );

describe('The log', () => {
  it('has one line per event, with text quoted where it must be', () => {
    const lines: string[] = [];
    logInto(lines).info('listening', {
      api: 'http://127.0.0.1:8700',
      reason: 'two\nlines',
      nothing: undefined,
      n: 1,
    });
    expect(lines).toEqual([
      '1970-01-01T00:00:00.000Z info listening api=http://127.0.0.1:8700 reason="two\\nlines" n=1\n',
    ]);
  });

  it('can be JSON, one object a line', () => {
    const json: string[] = [];
    const write = (line: string): void => void json.push(line);
    createLogger('info', write, () => 0, 'json').warn('two\nlines', { n: 1, nothing: undefined });
    expect(json).toEqual([
      '{"time":"1970-01-01T00:00:00.000Z","level":"warn","event":"two\\nlines","n":1}\n',
    ]);
  });

  it('leaves out what is below its level', () => {
    const lines: string[] = [];
    const log = logInto(lines);
    log.debug('detail');
    log.error('broken');
    expect(lines).toEqual(['1970-01-01T00:00:00.000Z error broken\n']);
  });
});
