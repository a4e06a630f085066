import type { ObjectInfo } from '@rebatch/objects';
import { invalidArgument, malformedXml } from '../gateway/oss-errors.ts';
import { TAGGING } from '../wire/attributes.ts';
import { parseTags } from '../wire/tags.ts';
import type { XmlElement } from '../xml/read-xml.ts';

type Tag = readonly [key: string, value: string];

/** Which of the objects below its prefix a rule is about. */
export interface LifecycleFilter {
  /** All of them an object must have. */
  tags: readonly Tag[];
  /** Objects that one of these describes are left alone: by their beginning, and by a tag if it names one. */
  except: readonly { prefix: string; tag: Tag | undefined }[];
  /** Bytes that an object must have more than, and fewer than. */
  largerThan: number | undefined;
  smallerThan: number | undefined;
}

/** @throws OssError MalformedXML, InvalidArgument */
export function readLifecycleFilter(rule: XmlElement): LifecycleFilter {
  const [filter, ...others] = rule.children('Filter');
  if (others.length > 0) {
    throw malformedXml();
  }
  return {
    tags: rule.children('Tag').map(readTag),
    except: filter?.children('Not').map(readException) ?? [],
    largerThan: readSize(filter, 'ObjectSizeGreaterThan'),
    smallerThan: readSize(filter, 'ObjectSizeLessThan'),
  };
}

/** Whether a rule with this filter is about an object, or about a delete marker, which has neither tags nor a size. */
export function isChosen(filter: LifecycleFilter, key: string, object: ObjectInfo | undefined): boolean {
  const { tags, except, largerThan = -1, smallerThan = Infinity } = filter;
  const isSized = largerThan >= 0 || smallerThan < Infinity;
  if (tags.length === 0 && except.length === 0 && !isSized) {
    return true;
  }
  const own = new Map(parseTags(object?.attributes[TAGGING] ?? ''));
  const has = ([name, value]: Tag): boolean => own.get(name) === value;
  const isSpared = except.some(
    ({ prefix, tag }) => key.startsWith(prefix) && (tag === undefined || has(tag)),
  );
  const fits = object === undefined ? !isSized : object.size > largerThan && object.size < smallerThan;
  return !isSpared && fits && tags.every(has);
}

function readException(element: XmlElement): { prefix: string; tag: Tag | undefined } {
  const prefix = element.text('Prefix');
  const [tag, ...others] = element.children('Tag');
  if (others.length > 0 || (prefix === undefined && tag === undefined)) {
    throw malformedXml();
  }
  return { prefix: prefix ?? '', tag: tag === undefined ? undefined : readTag(tag) };
}

function readTag(tag: XmlElement): Tag {
  return [tag.text('Key') ?? '', tag.text('Value') ?? ''];
}

function readSize(filter: XmlElement | undefined, name: string): number | undefined {
  const text = filter?.text(name)?.trim();
  if (text === undefined) {
    return undefined;
  }
  if (!/^\d{1,15}$/.test(text)) {
    throw invalidArgument(`${name} is a number of bytes.`, name, text);
  }
  return Number(text);
}
