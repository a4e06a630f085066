import { checkKey } from '@rebatch/objects';
import { malformedXml, notImplemented } from '../gateway/oss-errors.ts';
import { readXml } from '../xml/read-xml.ts';

/** How a bucket shows itself to anonymous readers. */
export interface WebsiteRules {
  /** The object that stands for a folder. */
  index: (folder: string) => string;
  /** The object that is shown, with this status, in the place of one that is not there. */
  error: { key: string; status: number } | undefined;
}

/** @throws OssError MalformedXML, NotImplemented (routing rules); ObjectStoreError InvalidObjectName */
export function readWebsiteRules(document: string): WebsiteRules {
  const root = readXml(document, 'WebsiteConfiguration');
  if (root.children('RoutingRules').some((rules) => rules.children('RoutingRule').length > 0)) {
    throw notImplemented('RoutingRules');
  }
  const [index] = root.children('IndexDocument');
  const [error] = root.children('ErrorDocument');
  const suffix = index?.text('Suffix')?.trim() ?? '';
  const errorKey = error?.text('Key')?.trim() || undefined;
  const status = error?.text('HttpStatus')?.trim() ?? '404';
  if (suffix === '' || suffix.includes('/') || !['404', '200'].includes(status)) {
    throw malformedXml();
  }
  for (const key of errorKey === undefined ? [suffix] : [suffix, errorKey]) {
    checkKey(key);
  }
  const inFolders = index?.text('SupportSubDir')?.trim().toLowerCase() === 'true';
  return {
    index: (folder) => (inFolders ? `${folder}${suffix}` : suffix),
    error: errorKey === undefined ? undefined : { key: errorKey, status: Number(status) },
  };
}
