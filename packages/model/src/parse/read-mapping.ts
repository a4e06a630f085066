import { type Field, quote } from '../field.ts';
import { MAX_MAPPINGS } from '../limits.ts';
import { localPathProblem, normalizeLocalPath } from '../local-path.ts';
import { isRemoteFolder, mappingPair } from '../mapping.ts';
import { isNasUrl } from '../nas.ts';
import { ossUrlProblem } from '../oss-url.ts';
import { record } from '../record.ts';

/** InputMapping: OSS or NAS URL → local path (spec/batchcompute-api.md §7). Two URLs must not share a local path. */
export function readInputMapping(field: Field): Record<string, string> {
  const mapping = record<string>();
  const urlOfPath = new Map<string, string>();
  for (const [url, path] of pairs(field)) {
    const pair = mappingPair(url, path, 'oss-or-nas');
    if ('problem' in pair) throw offends(field, url, path, pair.problem);
    const other = urlOfPath.get(pair.path);
    if (other !== undefined && other !== pair.url) {
      throw offends(field, url, path, `Another input, ${quote(other)}, is mapped to the same path.`);
    }
    urlOfPath.set(pair.path, pair.url);
    mapping[pair.url] = pair.path;
  }
  return mapping;
}

/** OutputMapping: local path → OSS URL (spec §7), or a folder of a file server, where writes go straight through (§12.3). */
export function readOutputMapping(field: Field): Record<string, string> {
  const mapping = record<string>();
  for (const [path, url] of pairs(field)) {
    const pair = mappingPair(url, path, 'oss-or-nas');
    if ('problem' in pair) throw offends(field, path, url, pair.problem);
    if (isNasUrl(pair.url) && !isRemoteFolder(pair.url)) {
      throw offends(field, path, url, 'On a file server it must be a folder: both sides end in "/".');
    }
    mapping[pair.path] = pair.url;
  }
  return mapping;
}

/**
 * LogMapping: local path → OSS URL (spec §7). Here a file on the local side and a folder on the other do go together: the
 * log object gets its name from both and the instance (spec §14), so the sides are left as they are.
 */
export function readLogMapping(field: Field): Record<string, string> {
  const mapping = record<string>();
  for (const [path, url] of pairs(field)) {
    const local = normalizeLocalPath(path);
    const problem = ossUrlProblem(url) ?? localPathProblem(local);
    if (problem !== undefined) throw offends(field, path, url, problem);
    mapping[local] = url;
  }
  return mapping;
}

/** A pair with an empty side says nothing and is left out. */
function pairs(field: Field): [string, string][] {
  const texts = field.texts({ maxCount: MAX_MAPPINGS, maxLength: Number.POSITIVE_INFINITY });
  return Object.entries(texts).filter(([key, value]) => key !== '' && value !== '');
}

function offends(field: Field, key: string, value: string, problem: string): Error {
  return field.invalid(`The pair ${quote(key)}: ${quote(value)} cannot be used. ${problem}`);
}
