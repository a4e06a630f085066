/**
 * Where the storage of a Docker Registry v2 keeps what, relative to its root folder: the layout of the Distribution
 * project's registry, which wrote the prefixes that RegistryOSSPath names (spec/batchcompute-api.md §13).
 */

const ROOT = 'docker/registry/v2';

export const REPOSITORIES_FOLDER = `${ROOT}/repositories/`;

/** Bytes of a layer, a configuration or a manifest. */
export function blobPath(digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return `${ROOT}/blobs/${algorithm}/${hex.slice(0, 2)}/${hex}/data`;
}

/** Says that a repository has the blob. Links hold the digest that they stand for, and nothing else. */
export function layerLink(name: string, digest: string): string {
  return `${repository(name)}/_layers/${algorithmAndHex(digest)}/link`;
}

/** Says that a repository has the manifest. */
export function revisionLink(name: string, digest: string): string {
  return `${repository(name)}/_manifests/revisions/${algorithmAndHex(digest)}/link`;
}

export function tagsFolder(name: string): string {
  return `${repository(name)}/_manifests/tags/`;
}

/** What a tag stands for now. */
export function tagLink(name: string, tag: string): string {
  return `${tagsFolder(name)}${tag}/current/link`;
}

/** Says that a tag stood for the manifest once. */
export function tagHistoryLink(name: string, tag: string, digest: string): string {
  return `${tagsFolder(name)}${tag}/index/${algorithmAndHex(digest)}/link`;
}

function repository(name: string): string {
  return `${REPOSITORIES_FOLDER}${name}`;
}

function algorithmAndHex(digest: string): string {
  return digest.replace(':', '/');
}
