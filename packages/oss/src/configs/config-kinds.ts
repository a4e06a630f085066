import type { OssCall } from '../gateway/oss-call.ts';
import { invalidTargetBucketForLogging, malformedXml, noSuchConfig } from '../gateway/oss-errors.ts';
import { ENCRYPTION } from '../wire/attributes.ts';
import { MAX_BUCKET_TAGS, readTagging, writeTagging } from '../wire/tags.ts';
import { readXml } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';
import { readPolicy } from './bucket-policy.ts';
import { readCorsRules } from './cors-rules.ts';
import { readEncryptionRule } from './encryption-rule.ts';
import { requireNoOverlap, requireSense } from './lifecycle-checks.ts';
import { readLifecycleRules } from './lifecycle-rules.ts';
import { readLoggingTarget } from './logging-target.ts';
import { readRefererRules } from './referer-rules.ts';
import { readWebsiteRules } from './website-rules.ts';
import { withDefault } from './with-default.ts';

/** A setting of a bucket: a document that is put, given back as it came, and deleted. */
export interface ConfigKind {
  /** Query parameter, and name under which the store keeps it. */
  name: string;
  contentType: string;
  /** Throws what is wrong with a document. */
  check: (document: string, call: OssCall) => unknown;
  /** What there is before anything was put; throws where there is nothing. */
  initial: () => string;
  /** What is kept instead of the document, where clients could not read back what they sent. */
  kept?: (document: string) => string;
  /** What becomes of the bucket's attributes with it (none: it is deleted). */
  attributes?: (document: string | undefined) => Record<string, string | undefined>;
}

const xml = (name: string, check: ConfigKind['check'], initial: ConfigKind['initial']): ConfigKind => ({
  name,
  contentType: 'application/xml',
  check,
  initial,
});

/** For settings that are not there until they are put. */
const missing = (code: string, what: string) => (): never => {
  throw noSuchConfig(code, what);
};

export const encryptionKind: ConfigKind = {
  ...xml('encryption', readEncryptionRule, missing('NoSuchServerSideEncryptionRule', 'encryption')),
  attributes: (document) => ({
    [ENCRYPTION]: document === undefined ? undefined : readEncryptionRule(document),
  }),
};

/** The settings that a bucket has (spec/oss.md §1.7). */
export const configKinds: readonly ConfigKind[] = [
  {
    ...xml('cors', readCorsRules, missing('NoSuchCORSConfiguration', 'CORS')),
    kept: (document) => withDefault(document, 'CORSConfiguration', 'ResponseVary', 'false'),
  },
  {
    ...xml('lifecycle', checkLifecycle, missing('NoSuchLifecycle', 'lifecycle')),
    kept: lowerCaseMarkers,
  },
  xml('website', readWebsiteRules, missing('NoSuchWebsiteConfiguration', 'website')),
  {
    ...xml('referer', readRefererRules, () =>
      writeXml('RefererConfiguration', [
        ['AllowEmptyReferer', true],
        ['AllowTruncateQueryString', true],
        ['RefererList', ''],
      ]),
    ),
    kept: (document) => withDefault(document, 'RefererConfiguration', 'AllowTruncateQueryString', 'true'),
  },
  xml('logging', checkLogging, () => writeXml('BucketLoggingStatus', '')),
  encryptionKind,
  xml(
    'tagging',
    (document) => readTagging(readXml(document, 'Tagging'), MAX_BUCKET_TAGS),
    () => writeTagging([]),
  ),
  xml('requestPayment', checkPayer, () =>
    writeXml('RequestPaymentConfiguration', [['Payer', 'BucketOwner']]),
  ),
  {
    name: 'policy',
    contentType: 'application/json',
    check: readPolicy,
    initial: missing('NoSuchBucketPolicy', 'policy'),
  },
];

function checkLifecycle(document: string, { request }: OssCall): void {
  const rules = readLifecycleRules(document);
  requireSense(rules);
  if (request.header('x-oss-allow-same-action-overlap')?.toLowerCase() !== 'true') {
    requireNoOverlap(rules);
  }
}

/** oss2 sends `True`, and understands `true`. */
function lowerCaseMarkers(document: string): string {
  return document.replace(/<ExpiredObjectDeleteMarker>[^<]*</g, (element) =>
    element.replace(/true|false/i, (value) => value.toLowerCase()),
  );
}

async function checkLogging(document: string, { store, bucketInfo }: OssCall): Promise<void> {
  const target = readLoggingTarget(document);
  if (target === undefined) {
    return;
  }
  const found = await store.getBucket(target).catch(() => undefined);
  if (found?.owner !== bucketInfo?.owner) {
    throw invalidTargetBucketForLogging(target);
  }
}

function checkPayer(document: string): void {
  const payer = readXml(document, 'RequestPaymentConfiguration').text('Payer')?.trim();
  if (payer !== 'BucketOwner' && payer !== 'Requester') {
    throw malformedXml();
  }
}
