import { invalidArgument } from '../gateway/oss-errors.ts';
import { percentEncode } from '../signatures/index.ts';

/** How names are written into XML: as they are, or percent-encoded for clients that ask for it. */
export interface NameEncoding {
  /** Content of the EncodingType element. */
  type: 'url' | undefined;
  encode: (name: string) => string;
}

/** @throws OssError InvalidArgument when `encoding-type` is something else than `url`. */
export function nameEncoding(type: string | undefined): NameEncoding {
  if (type === undefined || type === '') {
    return { type: undefined, encode: (name) => name };
  }
  if (type !== 'url') {
    throw invalidArgument('encoding-type can only be url.', 'encoding-type', type);
  }
  return { type, encode: percentEncode };
}
