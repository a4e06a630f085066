/** An image's name taken apart: `[registry/]name[:tag][@digest]`. */
export interface Reference {
  /** Host, with its port if it has one; absent: the engine's own images. */
  registry?: string;
  name: string;
  tag?: string;
  /** `sha256:` and 64 digits. */
  digest?: string;
}

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const REGISTRY = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?$`);
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const MAX_NAME = 255;
/** Docker has no image of this name: it would take `sha256:1f` for the beginning of an id, and run whosever image that is. */
const RESERVED = 'sha256';

export function isRepositoryName(text: string): boolean {
  return text.length <= MAX_NAME && NAME.test(text);
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/**
 * Reads an image's name as Docker does: its first part is a registry when it could be a host's name. Undefined for what
 * no registry could have.
 */
export function parseReference(text: string): Reference | undefined {
  const [whole = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !isDigest(digest))) return undefined;
  const slash = whole.indexOf('/');
  const first = slash < 0 ? '' : whole.slice(0, slash);
  const isRegistry = first === 'localhost' || /[.:]/.test(first);
  if (isRegistry && !REGISTRY.test(first)) return undefined;
  const path = isRegistry ? whole.slice(slash + 1) : whole;
  const colon = path.lastIndexOf(':');
  const name = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? undefined : path.slice(colon + 1);
  if (!isRegistry && name === RESERVED) return undefined;
  if (!isRepositoryName(name) || (tag !== undefined && !isTag(tag))) return undefined;
  return {
    ...(isRegistry ? { registry: first } : {}),
    name,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** A container image named directly; ids of the vendor's form never are. */
export function isReference(text: string): boolean {
  return !/^(?:img-|m-)/.test(text) && parseReference(text) !== undefined;
}
