import type { BucketInfo } from '@rebatch/objects';
import type { OssCall } from '../gateway/oss-call.ts';
import type { XmlPair } from '../xml/write-xml.ts';
import { STORAGE_CLASS } from './attributes.ts';
import { isoTime } from './format-time.ts';

/**
 * What listings and GetBucketInfo say of a bucket; SDKs refuse the document when one of these is missing. Clients use
 * the endpoints (spec/oss.md §1.1), so both are the gateway's own address.
 */
export function bucketElements(call: OssCall, bucket: BucketInfo): XmlPair[] {
  return [
    ['CreationDate', isoTime(bucket.created)],
    ['ExtranetEndpoint', call.endpoint],
    ['IntranetEndpoint', call.endpoint],
    ['Location', call.location],
    ['Name', bucket.name],
    ['Region', call.region],
    ['StorageClass', bucket.attributes[STORAGE_CLASS] ?? 'Standard'],
  ];
}

export function ownerElement(owner: string): XmlPair {
  return [
    'Owner',
    [
      ['ID', owner],
      ['DisplayName', owner],
    ],
  ];
}
