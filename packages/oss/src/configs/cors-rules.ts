import { invalidArgument, malformedXml } from '../gateway/oss-errors.ts';
import { wildcardMatch } from '../wire/wildcard-match.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';

/** What pages of some origins may send to a bucket, and read of its answers. */
export interface CorsRule {
  origins: readonly string[];
  methods: readonly string[];
  /** Lower-case; `*` stands for any text. */
  headers: readonly string[];
  exposed: readonly string[];
  /** Seconds. */
  maxAge: number | undefined;
  /** Whether answers to any origin say that they are for one. */
  vary: boolean;
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
const MAX_RULES = 20;

/** @throws OssError MalformedXML, InvalidArgument */
export function readCorsRules(document: string): CorsRule[] {
  const root = readXml(document, 'CORSConfiguration');
  const rules = root.children('CORSRule');
  const vary = root.text('ResponseVary')?.trim().toLowerCase() === 'true';
  if (rules.length === 0 || rules.length > MAX_RULES) {
    throw malformedXml();
  }
  return rules.map((rule) => ({ ...readRule(rule), vary }));
}

function readRule(rule: XmlElement): Omit<CorsRule, 'vary'> {
  const origins = rule.texts('AllowedOrigin').map((origin) => origin.trim());
  const methods = rule.texts('AllowedMethod').map((method) => method.trim());
  const headers = rule.texts('AllowedHeader').map((header) => header.trim().toLowerCase());
  const exposed = rule.texts('ExposeHeader').map((header) => header.trim());
  const maxAge = rule.text('MaxAgeSeconds')?.trim() ?? '';
  const isWrong =
    origins.length === 0 ||
    methods.length === 0 ||
    !methods.every((method) => METHODS.includes(method)) ||
    [...origins, ...headers].some((pattern) => pattern.split('*').length > 2) ||
    !exposed.every((header) => /^[\w-]+$/.test(header));
  if (isWrong) {
    throw malformedXml();
  }
  if (!/^\d{0,9}$/.test(maxAge)) {
    throw invalidArgument('The age is a number of seconds.', 'MaxAgeSeconds', maxAge);
  }
  return { origins, methods, headers, exposed, maxAge: maxAge === '' ? undefined : Number(maxAge) };
}

/** The first rule that lets a page of `origin` send a request like this. `headers` are lower-case names. */
export function findCorsRule(
  rules: readonly CorsRule[],
  origin: string,
  method: string,
  headers: readonly string[] = [],
): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.origins.some((pattern) => wildcardMatch(pattern, origin)) &&
      rule.methods.includes(method) &&
      headers.every((name) => rule.headers.some((pattern) => wildcardMatch(pattern, name))),
  );
}
