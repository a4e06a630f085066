import { WireError } from './wire-error.ts';

/**
 * One factory per error of the wire: status, code, and when it is thrown (spec/batchcompute-api.md §17). Codes keep the
 * prefixes that clients act on (§17.3): `Invalid`/`Missing` for the client's mistakes, which are not worth a retry;
 * `Throttling` for overload; `InternalError` for our own faults.
 */

/** Thrown when the id or name of the path belongs to nothing that the caller owns (spec §17.1). */
export function notFound(): WireError {
  return new WireError(404, 'InvalidResource.NotFound', 'Specified resource is not found.');
}

/** Thrown when the resource is in a state that forbids the action (spec §10.2, §17.1). */
export function stateConflict(state: string): WireError {
  return new WireError(
    409,
    'StateConflict',
    `User operation is invalid. The current resource state is ${state}.`,
  );
}

/** Thrown for a sandbox or machine that is not there to be looked into, or cannot be now. `why`: a sentence. */
export function nothingToEnter(why: string): WireError {
  return new WireError(409, 'StateConflict', why);
}

/**
 * Thrown when a field of the request has a value that cannot be used (spec §17.2).
 * @param path dotted path of the field from the body's root, as `DAG.Tasks.render.Timeout`
 * @param why one or more full sentences: "Its type must be integer."
 */
export function invalidParameter(path: string, why: string): WireError {
  return new WireError(400, `Invalid${path}`, `Specified parameter ${path} is not valid. ${why}`);
}

/** Thrown when a field that must be there is absent or empty (spec §17.2). `path` as in {@link invalidParameter}. */
export function missingParameter(path: string): WireError {
  return new WireError(400, `Missing${path}`, `${path} is mandatory for this action.`);
}

/** Thrown when the query's MaxItemCount is not a whole number (spec §17.1). */
export function invalidMaxItemCountType(): WireError {
  return invalidParameter('MaxItemCount', 'Its type must be integer.');
}

/** Thrown when the query's MaxItemCount is outside what the listing gives at once (spec §17.1). */
export function invalidMaxItemCountRange(minimum: number, maximum: number): WireError {
  return invalidParameter('MaxItemCount', `It must be in [${minimum}, ${maximum}].`);
}

/** Thrown when ChangeJobPriority comes without a priority (spec §17.1). */
export function missingPriority(): WireError {
  return missingParameter('Priority');
}

/** Thrown when the priority is no whole number or outside the range; `why` says which (spec §17.1). */
export function invalidPriority(why: string): WireError {
  return invalidParameter('Priority', why);
}

/** Thrown when the tasks of a DAG cannot be ordered: unknown name, self edge, cycle, repetition (spec §7). */
export function invalidDependencies(why: string): WireError {
  return invalidParameter('Dependencies', why);
}

/** Thrown when the body is not JSON at all (spec §17.1). */
export function invalidJsonFormat(): WireError {
  return new WireError(400, 'InvalidJsonFormat', 'The request body has an invalid json format.');
}

/** Thrown when the body is JSON, but not an object, where an object is needed (spec §17.1). */
export function invalidHttpBody(): WireError {
  return invalidParameter('HttpBody', 'Its type must be object.');
}

/** Thrown when the body is larger than the server reads. `limit`: bytes. */
export function httpBodyTooLarge(limit: number): WireError {
  return new WireError(
    413,
    'InvalidHttpBody',
    `Specified parameter HttpBody is not valid. Its length must be in [0, ${limit}].`,
  );
}

/** Thrown when a create repeats an IdempotentToken with another request (spec §4.5, §17.1). */
export function idempotentTokenMismatch(): WireError {
  return new WireError(400, 'IdempotentTokenMismatch', 'Specified idempotent token mismatch.');
}

/** Thrown when a header that the signature needs is absent (name from spec §17.4). `header`: as `Authorization`. */
export function missingHeader(header: string): WireError {
  return missingParameter(header);
}

/** Thrown when Authorization does not read `acs {AccessKeyId}:{Signature}` (spec §2). */
export function invalidAuthorization(): WireError {
  return invalidParameter('Authorization', 'It must read "acs {AccessKeyId}:{Signature}".');
}

/** Thrown when the access key is unknown or disabled (name from spec §17.4). */
export function invalidAccessKeyId(): WireError {
  return new WireError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
}

/** Thrown when no reading of the request matches its signature; the status is the documented one (spec §3). */
export function signatureDoesNotMatch(): WireError {
  return new WireError(
    400,
    'SignatureDoesNotMatch',
    'Specified signature does not match what the server computed. Check the access key secret.',
  );
}

/** Thrown when the token beside a temporary key is not its own, or when the key's time is over. */
export function invalidSecurityToken(problem: 'wrong' | 'expired'): WireError {
  return problem === 'expired'
    ? new WireError(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.')
    : new WireError(
        400,
        'InvalidSecurityToken.MismatchWithAccessKey',
        'Specified SecurityToken mismatch with the AccessKey.',
      );
}

/** Thrown when the request's date cannot be read (spec §2). */
export function invalidTimeStampFormat(): WireError {
  return new WireError(
    400,
    'InvalidTimeStamp.Format',
    'Specified time stamp is not valid. It must read like "Mon, 01 Jan 2024 00:00:00 GMT".',
  );
}

/** Thrown when the request's date is more than 15 minutes from the server's (spec §2, name from §17.4). */
export function invalidTimeStampExpired(serverTime: string): WireError {
  return new WireError(
    400,
    'InvalidTimeStamp.Expired',
    `Specified time stamp is expired: it differs by more than 15 minutes from the server's time, ${serverTime}.`,
  );
}

/** Thrown when x-acs-version names another API generation (spec §1.1). */
export function invalidVersion(): WireError {
  return new WireError(
    400,
    'InvalidVersion',
    'Specified parameter Version is not valid. It must be 2015-11-11.',
  );
}

/** Thrown when the caller is known but may not do this. */
export function forbidden(why: string): WireError {
  return new WireError(403, 'Forbidden', `User is not authorized to do this. ${why}`);
}

/**
 * Thrown when the account has as many of something as it may. A status from 500 on, which the clients that know how to
 * wait take for passing (Cromwell, Deadline: spec clients.md §6.5); nothing was created.
 */
export function quotaExhausted(what: string, limit: number): WireError {
  return new WireError(503, 'QuotaExhausted', `The quota of ${what} is exhausted: ${limit}.`);
}

/** Thrown when requests arrive faster than they are served. */
export function throttling(): WireError {
  return new WireError(429, 'Throttling', 'Request was denied due to request throttling. Try again later.');
}

/** Thrown when the path belongs to no operation (spec §5). */
export function unsupportedPath(path: string): WireError {
  return new WireError(
    404,
    'InvalidAction.NotFound',
    `Specified path is not supported: ${path.slice(0, 200)}`,
  );
}

/** Thrown when the path exists but not with this method (spec §5). */
export function unsupportedMethod(method: string, path: string): WireError {
  return new WireError(
    405,
    'UnsupportedHTTPMethod',
    `Specified method is not supported: ${method.slice(0, 20)} ${path.slice(0, 200)}`,
  );
}

/** Thrown when the fault is ours; says nothing about its cause. Clients retry (spec §17.3). */
export function internalError(options?: ErrorOptions): WireError {
  return new WireError(
    500,
    'InternalError',
    'The request processing has failed due to some unknown error.',
    options,
  );
}
