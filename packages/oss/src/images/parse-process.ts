import type { ImageAction } from './image-action.ts';
import { invalidParameter, notBase64, notServed } from './image-problems.ts';
import { parseActions } from './parse-actions.ts';

/** What `x-oss-process` asks for. */
export interface ImageProcess {
  actions: ImageAction[];
  /** Where the picture is to be kept; absent: it is the answer. */
  saveAs?: SaveAs;
}

interface SaveAs {
  /** Absent: the bucket of the source. */
  bucket?: string;
  key: string;
}

/** `style/NAME` instead of `image/…`. */
export interface StyledProcess {
  style: string;
  saveAs?: SaveAs;
}

/**
 * Reads `image/…` or `style/…`, with `|sys/saveas,o_…,b_…` behind it or not.
 * @throws ImageProblemError InvalidArgument, BadRequest, NotImplemented (another service of the vendor's: video, doc …)
 */
export function parseProcess(text: string): ImageProcess | StyledProcess {
  const [first = '', ...others] = text.split('|');
  const saveAs = others.map(parseSaveAs).at(-1);
  const mark = first.indexOf('/');
  const service = mark < 0 ? first : first.slice(0, mark);
  const rest = mark < 0 ? '' : first.slice(mark + 1);
  const saved = saveAs === undefined ? {} : { saveAs };
  if (service === 'image') {
    return { actions: parseActions(rest), ...saved };
  }
  if (service === 'style') {
    return { style: rest, ...saved };
  }
  if (service === '') {
    throw invalidParameter('The value of parameter: x-oss-process is empty.');
  }
  throw notServed(`x-oss-process=${service}`);
}

function parseSaveAs(text: string): SaveAs {
  const prefix = 'sys/saveas,';
  if (!text.startsWith(prefix)) {
    throw notServed(`x-oss-process=…|${text.split(',')[0]}`);
  }
  const parts = text.slice(prefix.length).split(',');
  const key = decoded(parts.find((part) => part.startsWith('o_')));
  const bucket = decoded(parts.find((part) => part.startsWith('b_')));
  if (key === undefined) {
    throw invalidParameter('The parameter: saveas.o is missing.');
  }
  return { key, ...(bucket !== undefined && { bucket }) };
}

/** Names are in base64, of either alphabet: the vendor's SDKs send both. */
function decoded(part: string | undefined): string | undefined {
  if (part === undefined) {
    return undefined;
  }
  const base64 = part.slice(2);
  if (!/^[\w+/-]+={0,2}$/.test(base64)) {
    throw notBase64();
  }
  return Buffer.from(base64, 'base64').toString('utf8');
}
