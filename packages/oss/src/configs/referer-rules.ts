import { malformedXml } from '../gateway/oss-errors.ts';
import { wildcardMatch } from '../wire/wildcard-match.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';

/** Whether objects may be used on the page that a Referer header names (absent: no header came). */
export type RefererRules = (referer: string | undefined) => boolean;

/**
 * Reads which pages may use the objects of a bucket. Without a list of allowed pages every page is, but for those of
 * the black list.
 * @throws OssError MalformedXML
 */
export function readRefererRules(document: string): RefererRules {
  const root = readXml(document, 'RefererConfiguration');
  const allowEmpty = readBoolean(root, 'AllowEmptyReferer', true);
  const dropQuery = readBoolean(root, 'AllowTruncateQueryString', true);
  const allowed = patterns(root, 'RefererList');
  const refused = patterns(root, 'RefererBlacklist');
  return (header) => {
    const referer = dropQuery ? header?.replace(/\?.*$/s, '') : header;
    if (referer === undefined || referer === '') {
      return allowEmpty || allowed.length === 0;
    }
    const matches = (pattern: string): boolean => wildcardMatch(pattern.toLowerCase(), referer.toLowerCase());
    return !refused.some(matches) && (allowed.length === 0 || allowed.some(matches));
  };
}

function patterns(root: XmlElement, name: string): string[] {
  return root
    .children(name)
    .flatMap((list) => list.texts('Referer'))
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
}

function readBoolean(root: XmlElement, name: string, fallback: boolean): boolean {
  const text = root.text(name)?.trim().toLowerCase() ?? '';
  if (!['', 'true', 'false'].includes(text)) {
    throw malformedXml();
  }
  return text === '' ? fallback : text === 'true';
}
