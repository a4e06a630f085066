import { malformedXml, notImplemented } from '../gateway/oss-errors.ts';
import { readStorageClass } from '../wire/requested-attributes.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';

/** When something is due: so long after it was written, or when it was written before a moment (milliseconds). */
export type Due = { kind: 'age'; ms: number } | { kind: 'before'; time: number; from: number };

/** What becomes of objects and uploads below a prefix as they grow old. */
export interface LifecycleRule {
  enabled: boolean;
  prefix: string;
  /** All of them an object must have. */
  tags: readonly (readonly [key: string, value: string])[];
  expiration: Due | undefined;
  abort: Due | undefined;
  transitions: readonly { due: Due; storageClass: string }[];
}

const DAY_MS = 24 * 3600 * 1000;
const MAX_RULES = 1000;

/** @throws OssError MalformedXML, NotImplemented, InvalidArgument */
export function readLifecycleRules(document: string): LifecycleRule[] {
  const rules = readXml(document, 'LifecycleConfiguration').children('Rule');
  if (rules.length === 0 || rules.length > MAX_RULES) {
    throw malformedXml();
  }
  return rules.map(readRule);
}

/** Whether what was written at `modified` is due at `now`; all in milliseconds since the epoch. */
export function isDue(due: Due | undefined, modified: number, now: number): boolean {
  if (due === undefined) {
    return false;
  }
  return due.kind === 'age' ? modified + due.ms <= now : now >= due.from && modified < due.time;
}

function readRule(rule: XmlElement): LifecycleRule {
  for (const name of ['Filter', 'NoncurrentVersionExpiration', 'NoncurrentVersionTransition']) {
    if (rule.children(name).length > 0) {
      throw notImplemented(`lifecycle ${name}`);
    }
  }
  const status = rule.text('Status')?.trim();
  const prefix = rule.text('Prefix');
  const [expiration] = rule.children('Expiration');
  const [abort] = rule.children('AbortMultipartUpload');
  const transitions = rule.children('Transition');
  const doesNothing = expiration === undefined && abort === undefined && transitions.length === 0;
  if ((status !== 'Enabled' && status !== 'Disabled') || prefix === undefined || doesNothing) {
    throw malformedXml();
  }
  return {
    enabled: status === 'Enabled',
    prefix,
    tags: rule.children('Tag').map((tag) => [tag.text('Key') ?? '', tag.text('Value') ?? '']),
    expiration: expiration === undefined ? undefined : readDue(expiration),
    abort: abort === undefined ? undefined : readDue(abort),
    transitions: transitions.map((transition) => {
      if (transition.text('IsAccessTime')?.trim() === 'true') {
        throw notImplemented('lifecycle IsAccessTime');
      }
      return {
        due: readDue(transition),
        storageClass: readStorageClass(transition.text('StorageClass')?.trim() ?? ''),
      };
    }),
  };
}

function readDue(element: XmlElement): Due {
  const days = element.text('Days')?.trim();
  const date = element.text('Date')?.trim();
  const before = element.text('CreatedBeforeDate')?.trim();
  if ([days, date, before].filter((text) => text !== undefined).length !== 1) {
    throw malformedXml();
  }
  if (days !== undefined) {
    if (!/^[1-9]\d{0,4}$/.test(days)) {
      throw malformedXml();
    }
    return { kind: 'age', ms: Number(days) * DAY_MS };
  }
  const time = Date.parse(date ?? before ?? '');
  if (Number.isNaN(time)) {
    throw malformedXml();
  }
  // Date: from then on everything; CreatedBeforeDate: now, what is older than that.
  return date === undefined
    ? { kind: 'before', time, from: -Infinity }
    : { kind: 'before', time: Infinity, from: time };
}
