/** Kinds of file servers that BatchCompute and its clients know (spec/batchcompute-api.md §12.1). */
const NAS_URL = /^(nas|nasplus|smb|lustre):\/\/([a-zA-Z0-9.-]+):?(\/[^\0\r\n]*)$/;
const MAX_URL = 4096;

/** A place on a file server. */
export interface NasUrl {
  /** Scheme and host, without the colon that may stand between host and path: `nas://studio`. */
  server: string;
  /** Folder and file names from the server's root on. */
  segments: string[];
  isFolder: boolean;
}

/** Undefined when the text is none of `nas://host[:]/path[/]`, for Windows with `!` at the end; `smb` and others alike. */
export function parseNasUrl(url: string): NasUrl | undefined {
  const [, scheme, host = '', path = ''] = NAS_URL.exec(url) ?? [];
  if (scheme === undefined || url.length > MAX_URL) return undefined;
  const plain = path.replace(/!$/, '');
  const segments = plain.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return undefined;
  return { server: `${scheme}://${host.toLowerCase()}`, segments, isFolder: plain.endsWith('/') };
}

/** True for whatever looks like a URL of a file server, well-formed or not. */
export function isNasUrl(url: string): boolean {
  return /^(?:nas|nasplus|smb|lustre):\/\//.test(url);
}

/** A folder of this host that stands for one of a file server. */
export interface NasFolder {
  url: NasUrl;
  /** Absolute path on this host. */
  folder: string;
  /** Numbers of the accounts that may use it; absent: all. */
  owners?: readonly string[];
}

/** Where a URL lies on this host. */
export interface NasPlace {
  /** Nothing outside of it is meant, whatever links there are. */
  root: string;
  segments: string[];
  isFolder: boolean;
}

/**
 * Where a file server's URL lies on this host for an account: below the folder whose URL is the longest beginning of it.
 * @returns the place, or why there is none, as one or more sentences
 */
export function nasPlace(
  folders: readonly NasFolder[],
  owner: string,
  url: string,
): NasPlace | { problem: string } {
  const wanted = parseNasUrl(url);
  if (wanted === undefined) return { problem: 'It must look like nas://host:/path/ and not contain "..".' };
  const found = folders
    .filter((folder) => folder.owners?.includes(owner) !== false && holds(folder.url, wanted))
    .toSorted((left, right) => right.url.segments.length - left.url.segments.length)[0];
  if (found === undefined) {
    const example = `${wanted.server}/=/FOLDER`;
    return {
      problem: `No folder of this host stands for it. The operator maps one: rebatch serve --nas ${example}`,
    };
  }
  const segments = wanted.segments.slice(found.url.segments.length);
  return { root: found.folder, segments, isFolder: wanted.isFolder };
}

function holds(outer: NasUrl, inner: NasUrl): boolean {
  return (
    outer.server === inner.server && outer.segments.every((segment, at) => segment === inner.segments[at])
  );
}
