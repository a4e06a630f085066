import { XMLParser } from 'fast-xml-parser';
import { isObject, list, object, text, type WireObject } from '../batchcompute/wire-value.ts';

// Values stay text: keys such as "007" or "1e3" are no numbers. Arrays are made by `elements`.
const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreDeclaration: true });

/** The element below the root named `root`; empty when the document is another or no XML at all. */
export function parseXml(xml: string, root: string): WireObject {
  try {
    return object(object(parser.parse(xml))[root]);
  } catch {
    return object(undefined);
  }
}

/** All elements called `name` below `parent`, however many there are. */
export function elements(parent: WireObject, name: string): WireObject[] {
  const value = parent[name];
  return (Array.isArray(value) ? list(value) : [value]).filter(isObject);
}

export function textOf(parent: WireObject, name: string): string {
  return text(parent[name]);
}
