/** What a manifest says of a blob or of another manifest. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  /** Bytes. */
  size: number;
}

export interface Platform {
  os: string;
  architecture: string;
}

/** An image, or a choice of images by platform; of Docker's and of the OCI's kind alike. */
export type Manifest =
  | { kind: 'image'; mediaType: string; config: Descriptor; layers: Descriptor[] }
  | { kind: 'index'; mediaType: string; manifests: (Descriptor & { platform?: Platform })[] };

/** Thrown for content that is no manifest of a known kind; the message says why in a clause. */
export class ManifestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ManifestError';
  }
}

const DOCKER_IMAGE = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_INDEX = 'application/vnd.docker.distribution.manifest.list.v2+json';
const OCI_IMAGE = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

/** Larger ones no registry takes. */
export const MAX_MANIFEST_BYTES = 4 << 20;

/** @throws ManifestError */
export function parseManifest(content: Uint8Array): Manifest {
  const body = record(parseJson(content), 'it is no JSON object');
  if (body['schemaVersion'] === 1) {
    throw new ManifestError('it is of schema 1, of Docker before 1.10: push the image again');
  }
  if (body['schemaVersion'] !== 2) throw new ManifestError('its schemaVersion is not 2');
  const given = typeof body['mediaType'] === 'string' ? body['mediaType'] : '';
  if (given === DOCKER_INDEX || given === OCI_INDEX || (given === '' && Array.isArray(body['manifests']))) {
    return { kind: 'index', mediaType: given || OCI_INDEX, manifests: list(body, 'manifests', choice) };
  }
  if (given !== DOCKER_IMAGE && given !== OCI_IMAGE && given !== '') {
    throw new ManifestError(`its mediaType ${JSON.stringify(given.slice(0, 200))} is not known`);
  }
  return {
    kind: 'image',
    mediaType: given || OCI_IMAGE,
    config: descriptor(body['config'], 'config'),
    layers: list(body, 'layers', descriptor),
  };
}

/** True for layers that the registry need not have: they are fetched from elsewhere (Windows' base layers). */
export function isForeign({ mediaType }: Descriptor): boolean {
  return mediaType.includes('.foreign.') || mediaType.includes('.nondistributable.');
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    throw new ManifestError('it is no JSON');
  }
}

function list<T>(
  body: Readonly<Record<string, unknown>>,
  field: string,
  read: (value: unknown, where: string) => T,
): T[] {
  const value = body[field];
  if (!Array.isArray(value)) throw new ManifestError(`it has no list of ${field}`);
  return value.map((one, index) => read(one, `${field}[${index}]`));
}

function choice(value: unknown, where: string): Descriptor & { platform?: Platform } {
  const { platform } = record(value, `its ${where} is no object`);
  const { os, architecture } =
    typeof platform === 'object' && platform !== null ? { ...record(platform, '') } : {};
  return {
    ...descriptor(value, where),
    ...(typeof os === 'string' && typeof architecture === 'string' ? { platform: { os, architecture } } : {}),
  };
}

function descriptor(value: unknown, where: string): Descriptor {
  const { mediaType, digest, size } = record(value, `its ${where} is no object`);
  if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw new ManifestError(`its ${where} has no sha256 digest`);
  }
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new ManifestError(`its ${where} has no size`);
  }
  return { mediaType: typeof mediaType === 'string' ? mediaType : '', digest, size };
}

function record(value: unknown, otherwise: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ManifestError(otherwise);
  return Object.assign(Object.create(null), value);
}
