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

/** Parameters that V1 does not sign and that name no operation: those of listings, and of a signature in the URL. */
const PLAIN: ReadonlySet<string> = new Set(
  `prefix marker max-keys delimiter list-type encoding-type start-after fetch-owner key-marker upload-id-marker
   version-id-marker max-uploads max-parts part-number-marker tag-key tag-value
   OSSAccessKeyId Expires Signature`.split(/\s+/),
);

/** Operations that no version of the signature knows, and that have a value now and then. */
const UNSIGNED_OPERATIONS: ReadonlySet<string> = new Set(['regions']);

/**
 * The route of a request. A parameter that names an operation of OSS without a route here is NotImplemented: to answer
 * with another operation would be a lie.
 * @throws OssError NotImplemented, MethodNotAllowed, InvalidArgument
 */
export function findRoute(request: OssRequest, level: Route['level']): Route {
  const [selector, other] = [...request.params].flatMap(([name, value]) =>
    namesOperation(name, value, request, level) ? [name] : [],
  );
  const ofMethod = routes.filter((route) => route.level === level && route.method === request.method);
  // "?policy&comp=callback" is not about the policy.
  const found =
    other === undefined && ofMethod.find((route) => route.sub === selector && fits(route, request));
  if (found) {
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

/**
 * Operations come and go, and "?name" without a value looks like one; on a bucket, "DELETE ?name" must not delete the
 * bucket because the name is new here. Addresses of objects are shown whatever somebody hung on to them.
 */
function namesOperation(name: string, value: string, { method }: OssRequest, level: Route['level']): boolean {
  if (MODIFIERS.has(name) || PLAIN.has(name)) return false;
  if (isSubResource(name) || UNSIGNED_OPERATIONS.has(name)) return true;
  const isVisit = level === 'object' && (method === 'GET' || method === 'HEAD');
  return value === '' && !isVisit;
}

function fits({ header, param }: Route, request: OssRequest): boolean {
  const hasHeader = header === undefined || request.header(header) !== undefined;
  return hasHeader && (param === undefined || request.params.get(param[0]) === param[1]);
}
