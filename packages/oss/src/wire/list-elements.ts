import type { ListPage } from '@rebatch/objects';
import type { XmlPair } from '../xml/write-xml.ts';
import { STORAGE_CLASS } from './attributes.ts';
import { ownerElement } from './bucket-elements.ts';
import { isoTime } from './format-time.ts';
import { quoted } from './quoted.ts';

/** The Contents elements of a page; with an Owner in each where `owner` is given. */
export function objectElements(
  { objects }: ListPage,
  encode: (name: string) => string,
  owner: string | undefined,
): XmlPair[] {
  return objects.map((info) => [
    'Contents',
    [
      ['Key', encode(info.key)],
      ['LastModified', isoTime(info.lastModified)],
      ['ETag', quoted(info.etag)],
      ['Type', info.type],
      ['Size', info.size],
      ['StorageClass', info.attributes[STORAGE_CLASS] ?? 'Standard'],
      ...(owner === undefined ? [] : [ownerElement(owner)]),
    ],
  ]);
}

/** The CommonPrefixes elements of a page. */
export function commonPrefixElements(
  { commonPrefixes }: Pick<ListPage, 'commonPrefixes'>,
  encode: (name: string) => string,
): XmlPair[] {
  return commonPrefixes.map((prefix) => ['CommonPrefixes', [['Prefix', encode(prefix)]]]);
}
