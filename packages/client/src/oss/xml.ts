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

const inOrder = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  preserveOrder: true,
});

/** The elements below the root in the order of the document, whatever their names, with the texts that they hold. */
export function parseXmlInOrder(xml: string, root: string): { name: string; element: WireObject }[] {
  const document = list(inOrder.parse(xml)).map(object);
  return document
    .flatMap((node) => list(node[root]))
    .flatMap((node) => Object.entries(object(node)))
    .map(([name, children]) => ({ name, element: texts(children) }));
}

function texts(children: unknown): WireObject {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, below] of list(children).flatMap((child) => Object.entries(object(child)))) {
    fields[name] = text(object(list(below)[0])['#text']);
  }
  return fields;
}

/** All elements called `name` below `parent`, however many there are. */
export function elements(parent: WireObject, name: string): WireObject[] {
  const value = parent[name];
  return (Array.isArray(value) ? list(value) : [value]).filter(isObject);
}

export function textOf(parent: WireObject, name: string): string {
  return text(parent[name]);
}
