import type { ObjectInfo } from '@rebatch/objects';
import { preconditionFailed } from '../gateway/oss-errors.ts';
import { unquoted } from './quoted.ts';

/** The four conditions of HTTP, as sent; a date that is none is no condition. */
export interface Conditions {
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
  ifUnmodifiedSince: string | undefined;
}

/**
 * `not modified` when the client has the object already.
 * @throws OssError PreconditionFailed
 */
export function checkConditions(info: ObjectInfo, conditions: Conditions): 'go on' | 'not modified' {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  const modified = Math.floor(info.lastModified / 1000) * 1000;
  if (ifMatch !== undefined && !matches(ifMatch, info.etag)) {
    throw preconditionFailed('If-Match');
  }
  if (ifUnmodifiedSince !== undefined && modified > Date.parse(ifUnmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) {
    return matches(ifNoneMatch, info.etag) ? 'not modified' : 'go on';
  }
  return ifModifiedSince !== undefined && modified <= Date.parse(ifModifiedSince) ? 'not modified' : 'go on';
}

/** Java sends ETags without quotes (spec/oss.md §1.1). */
function matches(condition: string, etag: string): boolean {
  return condition.split(',').some((item) => item.trim() === '*' || unquoted(item) === etag.toUpperCase());
}
