import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalResources } from './canonical-resources.ts';

type Parameters = Record<string, string>;

const parameters = fc.dictionary(
  fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,8}$/),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text.isWellFormed()),
  { maxKeys: 5, noNullPrototype: true },
);
const sortedNames = (values: Parameters): string[] => Object.keys(values).toSorted();
const pair = (name: string, value: string): string => (value === '' ? name : `${name}=${value}`);
const target = (parts: string[]): string => (parts.length === 0 ? '/jobs' : `/jobs?${parts.join('&')}`);
const quote = (text: string): string => encodeURIComponent(text);
const formEncode = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');

describe('What a dialect signs is among the canonical resources', () => {
  it('Python: sorted, encoded, bare keys, sent as signed', () => {
    fc.assert(
      fc.property(parameters, (values) => {
        const wire = target(sortedNames(values).map((name) => pair(name, quote(values[name] ?? ''))));
        expect(canonicalResources(wire)).toContain(wire);
      }),
    );
  });

  it('Java: signs sorted raw values, sends them in any order', () => {
    fc.assert(
      fc.property(parameters, (values) => {
        const names = sortedNames(values);
        const signed = target(names.map((name) => pair(name, values[name] ?? '')));
        const wire = target(names.toReversed().map((name) => pair(name, quote(values[name] ?? ''))));
        expect(canonicalResources(wire)).toContain(signed);
      }),
    );
  });

  it('old Java: signs raw values with their "=", sends them form-encoded', () => {
    fc.assert(
      fc.property(parameters, (values) => {
        const names = sortedNames(values);
        const signed = target(names.map((name) => `${name}=${values[name] ?? ''}`));
        const wire = target(names.map((name) => `${name}=${formEncode(values[name] ?? '')}`));
        expect(canonicalResources(wire)).toContain(signed);
      }),
    );
  });

  it('JavaScript: signs decoded values, may send "Marker="', () => {
    fc.assert(
      fc.property(parameters, (values) => {
        const names = sortedNames(values);
        const signed = target(names.map((name) => pair(name, values[name] ?? '')));
        const wire = target(names.map((name) => `${name}=${quote(values[name] ?? '')}`));
        expect(canonicalResources(wire)).toContain(signed);
      }),
    );
  });

  it('JavaScript: signs the decoded path', () => {
    expect(canonicalResources('/apps/a%20b?Scope=Public')).toContain('/apps/a b?Scope=Public');
  });

  it('a broken escape is taken as it stands', () => {
    expect(canonicalResources('/jobs?Marker=%zz')).toContain('/jobs?Marker=%zz');
  });

  it('their number stays small, however long the query', () => {
    const long = target(Array.from({ length: 500 }, (_, index) => `p${index}=%20+`));
    expect(canonicalResources(long).length).toBeLessThan(40);
  });
});
