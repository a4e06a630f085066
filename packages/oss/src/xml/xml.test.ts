import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OssError } from '../gateway/oss-error.ts';
import { decodeXmlText } from './decode-xml-text.ts';
import { readXml } from './read-xml.ts';
import { writeXml } from './write-xml.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });

describe('XML', () => {
  test('that is written reads back, whatever the text is', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (keys) => {
        const xml = writeXml(
          'Delete',
          keys.map((key) => ['Object', [['Key', key]]]),
        );
        const read = readXml(xml, 'Delete').children('Object');
        expect(read.map((object) => object.text('Key'))).toEqual(keys);
      }),
    );
  });

  test('leaves out what is absent and writes booleans as words', () => {
    expect(
      writeXml('R', [
        ['A', undefined],
        ['B', true],
        ['C', 0],
        ['D', ''],
      ]),
    ).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<R><B>true</B><C>0</C><D></D></R>\n');
  });

  test('of any kind is read or refused, and nothing else', () => {
    const piece = fc.constantFrom(
      '<Delete>',
      '</Delete>',
      '<__proto__>',
      '</__proto__>',
      '<a b="',
      '"',
      '/>',
    );
    const more = fc.constantFrom('&#x', ';', '&lt;', '<![CDATA[', ']]>', '<!--', '-->', '<?xml?>', 'x', '\0');
    const soup = fc
      .array(fc.oneof(piece, more, fc.string()), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(soup, (xml) => {
        try {
          readXml(xml, 'Delete').children('__proto__');
          return true;
        } catch (error) {
          return error instanceof OssError && error.code === 'MalformedXML';
        }
      }),
      { numRuns: 500 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('keeps spaces around a key and finds no child that is not there', () => {
    const root = readXml('<Delete><Object><Key> a </Key></Object></Delete>', 'Delete');
    expect(root.children('Object').map((object) => object.text('Key'))).toEqual([' a ']);
    expect([root.text('Quiet'), root.children('constructor')]).toEqual([undefined, []]);
  });

  test.each([
    ['&lt;&gt;&amp;&quot;&apos;', '<>&"\''],
    ['&#65;&#x1F600;', 'A\u{1F600}'],
    ['&nbsp;&#x110000;&#xD800;&', '&nbsp;&#x110000;&#xD800;&'],
    ['&amp;lt;', '&lt;'],
  ])('the text %s means %s', (encoded, decoded) => {
    expect(decodeXmlText(encoded)).toBe(decoded);
  });
});
