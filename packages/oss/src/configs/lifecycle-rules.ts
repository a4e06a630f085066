import { malformedXml, notImplemented } from '../gateway/oss-errors.ts';
import { coldness, readStorageClass } from '../wire/storage-class.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';
import { type LifecycleFilter, readLifecycleFilter } from './lifecycle-filter.ts';

/** When something is due: so long after it was written, or when it was written before a moment (milliseconds). */
export type Due = { kind: 'age'; ms: number } | { kind: 'before'; time: number; from: number };

/** What becomes of objects and uploads below a prefix as they grow old. */
export interface LifecycleRule {
  enabled: boolean;
  prefix: string;
  filter: LifecycleFilter;
  expiration: Due | undefined;
  abort: Due | undefined;
  transitions: readonly { due: Due; storageClass: string }[];
  /** Delete markers behind which no version is left go. */
  expiredMarkers: boolean;
  /** Counted from when a version ceased to be what its key stands for. */
  noncurrentExpiration: Due | undefined;
  noncurrentTransitions: readonly { due: Due; storageClass: string }[];
}

const DAY_MS = 24 * 3600 * 1000;
const MAX_RULES = 1000;
const TIMES = ['Days', 'Date', 'CreatedBeforeDate'];

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
  const status = rule.text('Status')?.trim();
  const prefix = rule.text('Prefix');
  const [expiration] = rule.children('Expiration');
  const [abort] = rule.children('AbortMultipartUpload');
  const [noncurrent] = rule.children('NoncurrentVersionExpiration');
  const transitions = rule.children('Transition');
  const noncurrentTransitions = rule.children('NoncurrentVersionTransition');
  const doesNothing =
    [expiration, abort, noncurrent, ...transitions, ...noncurrentTransitions].filter(
      (part) => part !== undefined,
    ).length === 0;
  if ((status !== 'Enabled' && status !== 'Disabled') || prefix === undefined || doesNothing) {
    throw malformedXml();
  }
  return {
    enabled: status === 'Enabled',
    prefix,
    filter: readLifecycleFilter(rule),
    ...readExpiration(expiration),
    abort: abort === undefined ? undefined : readDue(abort),
    transitions: readTransitions(transitions, readDue),
    noncurrentExpiration: noncurrent === undefined ? undefined : readNoncurrentDays(noncurrent),
    noncurrentTransitions: readTransitions(noncurrentTransitions, readNoncurrentDays),
  };
}

/** A time, or that delete markers go which hide nothing any more, or both. */
function readExpiration(
  expiration: XmlElement | undefined,
): Pick<LifecycleRule, 'expiration' | 'expiredMarkers'> {
  const markers = expiration?.text('ExpiredObjectDeleteMarker')?.trim().toLowerCase();
  if (markers !== undefined && markers !== 'true' && markers !== 'false') {
    throw malformedXml();
  }
  const isTimed = markers === undefined || TIMES.some((name) => expiration?.text(name) !== undefined);
  return {
    expiration: expiration === undefined || !isTimed ? undefined : readDue(expiration),
    expiredMarkers: markers === 'true',
  };
}

/** By class, the warmest first. */
function readTransitions(
  elements: readonly XmlElement[],
  readTime: (element: XmlElement) => Due,
): LifecycleRule['transitions'] {
  return elements
    .map((element) => readTransition(element, readTime))
    .toSorted((a, b) => coldness(a.storageClass) - coldness(b.storageClass));
}

function readTransition(
  transition: XmlElement,
  readTime: (element: XmlElement) => Due,
): { due: Due; storageClass: string } {
  if (transition.text('IsAccessTime')?.trim() === 'true') {
    throw notImplemented('lifecycle IsAccessTime');
  }
  return {
    due: readTime(transition),
    storageClass: readStorageClass(transition.text('StorageClass')?.trim() ?? ''),
  };
}

function readNoncurrentDays(element: XmlElement): Due {
  return readDays(element.text('NoncurrentDays')?.trim() ?? '');
}

function readDays(days: string): Due {
  if (!/^[1-9]\d{0,4}$/.test(days)) {
    throw malformedXml();
  }
  return { kind: 'age', ms: Number(days) * DAY_MS };
}

function readDue(element: XmlElement): Due {
  const days = element.text('Days')?.trim();
  const date = element.text('Date')?.trim();
  const before = element.text('CreatedBeforeDate')?.trim();
  if ([days, date, before].filter((text) => text !== undefined).length !== 1) {
    throw malformedXml();
  }
  if (days !== undefined) {
    return readDays(days);
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
