import { NULL_VERSION, type ObjectInfo, type PutOptions } from '../types.ts';
import type { StoreContext } from './context.ts';
import { formatStrings, parseStrings } from './sql/rows.ts';

/** Type of an object whose writer named none (spec/oss.md §1.7). */
const DEFAULT_CONTENT_TYPE = 'application/octet-stream';

/** The description of an object written now. Names and values of the options are copied, not kept. */
export function describeObject(
  { clock }: StoreContext,
  what: Pick<ObjectInfo, 'bucket' | 'key' | 'type'>,
  options: PutOptions,
  bytes: { size: number; etag: string; crc64: bigint },
): ObjectInfo {
  const attributes = parseStrings(formatStrings(options.attributes));
  return {
    ...what,
    versionId: NULL_VERSION,
    type: attributes['symlink'] === undefined ? what.type : 'Symlink',
    size: bytes.size,
    etag: bytes.etag,
    crc64: bytes.crc64.toString(),
    lastModified: clock.now(),
    contentType: options.contentType ?? DEFAULT_CONTENT_TYPE,
    userMetadata: parseStrings(formatStrings(options.userMetadata)),
    headers: parseStrings(formatStrings(options.headers)),
    attributes,
  };
}
