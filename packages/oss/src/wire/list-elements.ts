import type { ListPage, ObjectInfo } from '@rebatch/objects';
import type { XmlPair } from '../xml/write-xml.ts';
import { STORAGE_CLASS } from './attributes.ts';
import { ownerElement } from './bucket-elements.ts';
import { isoTime } from './format-time.ts';
import { quoted } from './quoted.ts';
import { restoreInfo } from './restore-info.ts';

/** The Contents elements of a page; with an Owner in each where `owner` is given. */
export function objectElements(
  { objects }: ListPage,
  encode: (name: string) => string,
  owner: string | undefined,
): XmlPair[] {
  const owners = owner === undefined ? [] : [ownerElement(owner)];
  return objects.map((info) => [
    'Contents',
    [
      ['Key', encode(info.key)],
      ['LastModified', isoTime(info.lastModified)],
      ...describingElements(info),
      ...owners,
    ],
  ]);
}

/** What listings say of an object besides its name and date. */
export function describingElements(info: ObjectInfo): XmlPair[] {
  const { etag, type, size, attributes } = info;
  return [
    ['ETag', quoted(etag)],
    ['Type', type],
    ['Size', size],
    ['StorageClass', attributes[STORAGE_CLASS] ?? 'Standard'],
    ['RestoreInfo', restoreInfo(info)],
  ];
}

/** The CommonPrefixes elements of a page. */
export function commonPrefixElements(
  { commonPrefixes }: Pick<ListPage, 'commonPrefixes'>,
  encode: (name: string) => string,
): XmlPair[] {
  return commonPrefixes.map((prefix) => ['CommonPrefixes', [['Prefix', encode(prefix)]]]);
}
