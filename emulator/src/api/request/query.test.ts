import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.ts';

describe('The query of a request', () => {
  it('takes a bare key, an empty value and an absent key alike', () => {
    for (const target of ['/jobs?Marker', '/jobs?Marker=', '/jobs', '/jobs?']) {
      expect(parseQuery(target).get('Marker')).toBe('');
    }
  });

  it('decodes percent escapes and the plus of forms', () => {
    expect(parseQuery('/jobs?Marker=a%20b%2Fc+d').get('Marker')).toBe('a b/c d');
  });

  it('keeps what follows the first equals sign', () => {
    expect(parseQuery('/jobs?Marker=a=b').get('Marker')).toBe('a=b');
  });

  it('reads flags with and without a value', () => {
    expect(parseQuery('/jobs/j?description').flag('description')).toBe(true);
    expect(parseQuery('/apps/a?Detail=True&Qualifier').flag('Detail')).toBe(true);
    expect(parseQuery('/apps/a?Detail=False').flag('Detail')).toBe(false);
    expect(parseQuery('/apps/a').flag('Detail')).toBe(false);
  });

  it('has no parameter that nobody gave', () => {
    expect(parseQuery('/jobs?a=1').get('__proto__')).toBe('');
    expect(parseQuery('/jobs?a=1').flag('constructor')).toBe(false);
  });
});
