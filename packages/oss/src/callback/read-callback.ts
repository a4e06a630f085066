import type { OssCall } from '../gateway/oss-call.ts';
import { invalidArgument, notImplemented } from '../gateway/oss-errors.ts';

/** Whom to tell that an object was stored, and what. */
export interface Callback {
  /** Tried in this order. */
  urls: readonly URL[];
  /** Host header; absent: the URL's own. */
  host: string | undefined;
  /** With `${bucket}`, `${object}` and so on in it. */
  body: string;
  type: 'application/x-www-form-urlencoded' | 'application/json';
  /** Values of `${x:name}`. */
  variables: ReadonlyMap<string, string>;
}

const HEADER = 'x-oss-callback';
const MAX_URLS = 5;

/**
 * The callback that a writing request asks for: base64 JSON in the header, in the URL or in a form's field
 * (spec/oss.md §1.7). To be asked before anything is stored.
 * @throws OssError InvalidArgument, NotImplemented when this gateway may not call there
 */
export function readCallback(call: OssCall): Callback | undefined {
  const { request, mayCallBack } = call;
  const encoded = request.header(HEADER) ?? request.header('callback') ?? request.params.get('callback');
  if (encoded === undefined) {
    return undefined;
  }
  const document = parse(encoded, HEADER);
  const list = text(document, 'callbackUrl') ?? '';
  const urls = list
    .split(';')
    .filter((url) => url !== '')
    .map(parseUrl);
  const type = text(document, 'callbackBodyType') ?? 'application/x-www-form-urlencoded';
  const body = text(document, 'callbackBody');
  if (urls.length === 0 || urls.length > MAX_URLS || body === undefined || body === '') {
    throw invalidArgument('A callback needs a callbackUrl and a callbackBody.', HEADER, encoded);
  }
  if (type !== 'application/x-www-form-urlencoded' && type !== 'application/json') {
    throw invalidArgument('The callbackBodyType is not known.', HEADER, type);
  }
  if (!urls.every(mayCallBack)) {
    throw notImplemented(`${HEADER} to a host that this gateway may not call`);
  }
  return { urls, host: text(document, 'callbackHost'), body, type, variables: readVariables(call) };
}

function readVariables({ request }: OssCall): Map<string, string> {
  const variables = new Map<string, string>();
  const encoded = request.header(`${HEADER}-var`) ?? request.params.get('callback-var');
  if (encoded !== undefined) {
    for (const [name, value] of Object.entries(parse(encoded, `${HEADER}-var`))) {
      variables.set(name, String(value));
    }
  }
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith('x:')) {
      variables.set(name, value);
    }
  }
  return variables;
}

function parse(encoded: string, header: string): object {
  try {
    const document: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
    if (typeof document === 'object' && document !== null) {
      return document;
    }
  } catch (error) {
    throw invalidArgument(`The callback is no JSON in base64: ${String(error)}`, header, encoded);
  }
  throw invalidArgument('The callback is no JSON object.', header, encoded);
}

function parseUrl(url: string): URL {
  const whole = /^https?:\/\//i.test(url) ? url : `http://${url}`;
  if (!URL.canParse(whole)) {
    throw invalidArgument('A callbackUrl is no URL.', HEADER, url);
  }
  return new URL(whole);
}

function text(document: object, name: string): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(document, name)?.value;
  return typeof value === 'string' ? value : undefined;
}
