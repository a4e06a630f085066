import { isSubResource } from '../signatures/index.ts';
import { VERSION_ID } from '../wire/version.ts';
import { invalidArgument, methodNotAllowed, notImplemented } from './oss-errors.ts';
import type { OssRequest } from './oss-request.ts';
import { type Route, routes } from './routes.ts';

/** Signed parameters that shape an operation or its answer, but do not name one. */
const MODIFIERS: ReadonlySet<string> = new Set(
  `callback callback-var partNumber position versionId continuation-token security-token sequential
   response-cache-control response-content-disposition response-content-encoding response-content-language
   response-content-type response-expires styleName
   x-oss-access-key-id x-oss-additional-headers x-oss-credential x-oss-date x-oss-expires x-oss-request-payer x-oss-security-token
   x-oss-signature x-oss-signature-version x-oss-traffic-limit`.split(/\s+/),
);

/**
 * The route of a request. A parameter that names an operation of OSS without a route here is NotImplemented: to answer
 * with another operation would be a lie.
 * @throws OssError NotImplemented, MethodNotAllowed, InvalidArgument
 */
export function findRoute(request: OssRequest, level: Route['level']): Route {
  const selector = [...request.params.keys()].find((name) => isSubResource(name) && !MODIFIERS.has(name));
  const ofMethod = routes.filter((route) => route.level === level && route.method === request.method);
  const found = ofMethod.find((route) => route.sub === selector && fits(route, request));
  if (found !== undefined) {
    if (request.params.has(VERSION_ID) && found.versions === 'refused') {
      throw invalidArgument(
        'The operation is not about one version.',
        VERSION_ID,
        request.params.get(VERSION_ID),
      );
    }
    return found;
  }
  if (selector !== undefined) {
    throw notImplemented(selector);
  }
  throw methodNotAllowed(request.method);
}

function fits({ header, param }: Route, request: OssRequest): boolean {
  const hasHeader = header === undefined || request.header(header) !== undefined;
  return hasHeader && (param === undefined || request.params.get(param[0]) === param[1]);
}
