/** An answer of the Registry API that refuses; codes are those of its specification. */
export class RegistryError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'RegistryError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** No path of the API, or none that is served here. */
export function unsupported(what: string): RegistryError {
  return new RegistryError(405, 'UNSUPPORTED', `${what} is not supported here`);
}

/** The sender did not say who it is, or is somebody else. */
export function unauthorized(): RegistryError {
  const challenge = { 'WWW-Authenticate': 'Basic realm="rebatch"' };
  return new RegistryError(401, 'UNAUTHORIZED', 'authentication required', challenge);
}

/** The name is none that a repository can have, or the sender may see no such. */
export function nameUnknown(name: string): RegistryError {
  return new RegistryError(404, 'NAME_UNKNOWN', `repository ${name} is not known to the registry`);
}

/** A tag or a digest that the repository does not have. */
export function manifestUnknown(reference: string): RegistryError {
  return new RegistryError(404, 'MANIFEST_UNKNOWN', `manifest ${reference} is not known`);
}

/** What was pushed as a manifest is none. */
export function manifestInvalid(why: string): RegistryError {
  return new RegistryError(400, 'MANIFEST_INVALID', `manifest invalid: ${why}`);
}

/** A manifest names a blob or a manifest that the repository does not have. */
export function manifestBlobUnknown(digest: string): RegistryError {
  return new RegistryError(400, 'MANIFEST_BLOB_UNKNOWN', `blob ${digest} is not known to the repository`);
}

/** A blob that the repository does not have. */
export function blobUnknown(digest: string): RegistryError {
  return new RegistryError(404, 'BLOB_UNKNOWN', `blob ${digest} is not known to the repository`);
}

/** The upload was never begun, was abandoned, or is over. */
export function uploadUnknown(): RegistryError {
  return new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload is not known to the registry');
}

/** What was pushed has another digest than was said. */
export function digestInvalid(digest: string): RegistryError {
  return new RegistryError(400, 'DIGEST_INVALID', `the content does not have the digest ${digest}`);
}

/** Bytes were asked for, or sent, that do not go on where the others end. `size`: bytes that there are. */
export function rangeInvalid(size: number): RegistryError {
  return new RegistryError(416, 'RANGE_INVALID', 'invalid content range', {
    'Content-Range': `bytes */${size}`,
    Range: `0-${Math.max(0, size - 1)}`,
  });
}
