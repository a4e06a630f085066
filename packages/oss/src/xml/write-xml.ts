/** An element with text, or with elements inside. An absent value leaves the element out. */
type XmlContent = string | number | boolean | undefined | readonly XmlPair[];
export type XmlPair = readonly [name: string, content: XmlContent];

/** A whole document. No namespace: clients read plain names (spec/oss.md §1.8). */
export function writeXml(root: string, content: string | readonly XmlPair[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content)}\n`;
}

function element(name: string, content: Exclude<XmlContent, undefined>): string {
  return `<${name}>${textOf(content)}</${name}>`;
}

function textOf(content: Exclude<XmlContent, undefined>): string {
  if (typeof content === 'object') {
    return elements(content);
  }
  return typeof content === 'string' ? escapeXml(content) : String(content);
}

function elements(pairs: readonly XmlPair[]): string {
  let text = '';
  for (const [name, content] of pairs) {
    if (content !== undefined) {
      text += element(name, content);
    }
  }
  return text;
}

/** Line ends stay as they are: people read the StringToSign in an error. */
const SPECIAL = /[&<>"']|(?![\n\t])\p{Cc}/gu;
const NAMED = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** Most texts have nothing to escape, and this is found out sooner. */
const PLAIN = /^[\w ./:+=-]*$/;

function escapeXml(text: string): string {
  if (PLAIN.test(text)) {
    return text;
  }
  return text.replace(SPECIAL, (letter) => NAMED.get(letter) ?? `&#x${letter.charCodeAt(0).toString(16)};`);
}
