import { malformedXml } from '../gateway/oss-errors.ts';
import { readXml } from '../xml/read-xml.ts';

/**
 * The bucket that access logs are to go to; none when the document switches them off.
 * @throws OssError MalformedXML
 */
export function readLoggingTarget(document: string): string | undefined {
  const [enabled] = readXml(document, 'BucketLoggingStatus').children('LoggingEnabled');
  if (enabled === undefined) {
    return undefined;
  }
  const target = enabled.text('TargetBucket')?.trim();
  if (target === undefined || target === '') {
    throw malformedXml();
  }
  return target;
}
