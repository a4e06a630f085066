import { invalidTag, malformedXml } from '../gateway/oss-errors.ts';
import { percentEncode } from '../signatures/index.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

/** Tags of an object or a bucket, in the order in which they were given. */
export type Tags = readonly (readonly [key: string, value: string])[];

const MAX_KEY = 128;
const MAX_VALUE = 256;

/** Buckets' tags may have other characters, too. */
const IN_OBJECT_TAGS = /^[\p{L}\p{M}\p{N} +\-=._:/]*$/u;

/** How many tags an object and a bucket may have. */
export const MAX_OBJECT_TAGS = 10;
export const MAX_BUCKET_TAGS = 20;

/**
 * Tags as the header `x-oss-tagging` and the attribute have them: `key=value&…`, percent-encoded.
 * @throws OssError InvalidTag
 */
export function parseTags(text: string): Tags {
  const tags = text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece): [string, string] => {
      const at = piece.indexOf('=');
      return at < 0 ? [decode(piece), ''] : [decode(piece.slice(0, at)), decode(piece.slice(at + 1))];
    });
  return checkTags(tags, MAX_OBJECT_TAGS);
}

export function formatTags(tags: Tags): string {
  return tags.map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`).join('&');
}

/**
 * The tags of a `Tagging` document.
 * @throws OssError MalformedXML, InvalidTag
 */
export function readTagging(root: XmlElement, most: number): Tags {
  const [set, ...others] = root.children('TagSet');
  if (set === undefined || others.length > 0) {
    throw malformedXml();
  }
  const tags = set
    .children('Tag')
    .map((tag): [string, string] => [tag.text('Key') ?? '', tag.text('Value') ?? '']);
  return checkTags(tags, most);
}

export function writeTagging(tags: Tags): string {
  const set = tags.map(
    ([key, value]): XmlPair => [
      'Tag',
      [
        ['Key', key],
        ['Value', value],
      ],
    ],
  );
  return writeXml('Tagging', [['TagSet', set]]);
}

/** An empty value is fine, an empty key is not (spec/oss.md §1.1). */
function checkTags(tags: Tags, most: number): Tags {
  if (tags.length > most) {
    throw invalidTag(`there may be at most ${most}`);
  }
  for (const [key, value] of tags) {
    if (key === '' || key.length > MAX_KEY) {
      throw invalidTag(`a key has 1 to ${MAX_KEY} characters`);
    }
    if (value.length > MAX_VALUE) {
      throw invalidTag(`a value has at most ${MAX_VALUE} characters`);
    }
  }
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    throw invalidTag('a key appears twice');
  }
  return tags;
}

/**
 * Tags that a client wants an object to have; those that were kept before are shown whatever is in them.
 * @throws OssError InvalidTag
 */
export function requireObjectTags(tags: Tags): Tags {
  if (tags.some(([key, value]) => !IN_OBJECT_TAGS.test(key + value))) {
    throw invalidTag('of an object they have letters, digits, spaces and + - = . _ : / only');
  }
  return tags;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidTag('they are not percent-encoded UTF-8');
  }
}
