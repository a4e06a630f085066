import { asLocalFolder, isLocalFolder, localPathProblem, normalizeLocalPath } from './local-path.ts';
import { isNasUrl, parseNasUrl } from './nas.ts';
import { ossUrlProblem } from './oss-url.ts';

/** A remote place and a path inside the sandbox that belong together. */
export interface MappingPair {
  url: string;
  path: string;
}

/** What may stand on the remote side. */
export type RemoteKind = 'oss' | 'oss-or-nas';

/**
 * Brings a pair to its one form: when one side ends in a separator, both do, since the pair then means a folder (spec §12.1).
 * A bucket alone is a folder, too. After this the URL's last character tells folder from file.
 * @returns the pair, or why it cannot be, as one sentence.
 */
export function mappingPair(url: string, path: string, kind: RemoteKind): MappingPair | { problem: string } {
  const problem = remoteProblem(url, kind);
  if (problem !== undefined) return { problem };
  const local = normalizeLocalPath(path);
  const localProblem = localPathProblem(local);
  if (localProblem !== undefined) return { problem: localProblem };
  if (!isRemoteFolder(url) && !isLocalFolder(local)) return { url, path: local };
  return { url: asRemoteFolder(url), path: asLocalFolder(local) };
}

/** Why a text is no usable remote URL, as one sentence, or undefined when it is one. */
function remoteProblem(url: string, kind: RemoteKind): string | undefined {
  if (kind === 'oss-or-nas' && isNasUrl(url)) {
    return parseNasUrl(url) === undefined ? 'It must look like nas://host:/path/.' : undefined;
  }
  return ossUrlProblem(url);
}

/** True for prefixes, for a bucket alone, and for NAS folders, which Windows images write with `!` at the end (spec §12.1). */
export function isRemoteFolder(url: string): boolean {
  return /\/!?$/.test(url) || /^oss:\/\/[^/]*$/.test(url);
}

/** The same URL as a folder: with `/` at the end. */
export function asRemoteFolder(url: string): string {
  return /\/!?$/.test(url) ? url : `${url}/`;
}
