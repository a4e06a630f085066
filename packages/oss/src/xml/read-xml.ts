import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformedXml } from '../gateway/oss-errors.ts';
import { decodeXmlText } from './decode-xml-text.ts';

/** An element of a document that a client sent. */
export interface XmlElement {
  /** Text of the first child of that name; absent without one. */
  text(name: string): string | undefined;
  /** Texts of all children of that name that have nothing but text in them. */
  texts(name: string): string[];
  /** Children of that name that have children themselves (or nothing in them). */
  children(name: string): XmlElement[];
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  // Entities are this file's own business: five names and numbers, none of a document's making.
  processEntities: false,
  isArray: () => true,
});

/**
 * The root element of a client's document, which must be called `rootName`. Documents with a DTD are refused whole, so
 * that there is no entity to expand.
 * @throws OssError MalformedXML
 */
export function readXml(document: string, rootName: string): XmlElement {
  // The vendor's own tests begin documents with a blank line, before the declaration.
  const text = document.trim();
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY') || XMLValidator.validate(text) !== true) {
    throw malformedXml();
  }
  let parsed: unknown;
  try {
    parsed = parser.parse(text);
  } catch (error) {
    throw malformedXml(error);
  }
  const [root, ...others] = childrenOf(parsed, rootName);
  if (root === undefined || others.length > 0) {
    throw malformedXml();
  }
  return toElement(root);
}

function toElement(node: unknown): XmlElement {
  return {
    text(name) {
      const [first] = childrenOf(node, name);
      return typeof first === 'string' ? decodeXmlText(first) : undefined;
    },
    texts: (name) =>
      childrenOf(node, name)
        .filter((child) => typeof child === 'string')
        .map(decodeXmlText),
    children: (name) => childrenOf(node, name).map(toElement),
  };
}

function childrenOf(node: unknown, name: string): unknown[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const children: unknown = Object.getOwnPropertyDescriptor(node, name)?.value;
  return Array.isArray(children) ? children : [];
}
