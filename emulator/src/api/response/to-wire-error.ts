import { internalError, WireError } from '@rebatch/model';
import { invalidUrl } from '../errors.ts';

/** Any failure as the wire knows it: a refusal as it is, a target that the router cannot decode, or our own fault. */
export function toWireError(error: unknown): WireError {
  if (error instanceof WireError) return error;
  // Express decodes path parameters and fails with a URIError that carries status 400.
  if (error instanceof URIError) return invalidUrl();
  return internalError({ cause: error });
}
