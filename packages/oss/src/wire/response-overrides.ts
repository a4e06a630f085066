import type { OssCall } from '../gateway/oss-call.ts';
import { accessDenied, invalidArgument } from '../gateway/oss-errors.ts';
import { headerBytes, isHeaderText } from './header-text.ts';

const OVERRIDES = new Map([
  ['response-cache-control', 'cache-control'],
  ['response-content-disposition', 'content-disposition'],
  ['response-content-encoding', 'content-encoding'],
  ['response-content-language', 'content-language'],
  ['response-content-type', 'Content-Type'],
  ['response-expires', 'expires'],
]);

/**
 * Headers that `response-*` parameters ask for (spec/oss.md §1.7).
 * @throws OssError AccessDenied when nobody signed; InvalidArgument
 */
export function responseOverrides({ request, account }: OssCall): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [parameter, header] of OVERRIDES) {
    const value = request.params.get(parameter);
    if (value !== undefined) {
      if (account === undefined) {
        throw accessDenied('response-* parameters are for signed requests.');
      }
      if (!isHeaderText(value)) {
        throw invalidArgument('The value cannot be sent as a header.', parameter);
      }
      headers[header] = headerBytes(value);
    }
  }
  return headers;
}
