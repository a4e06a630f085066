import { type ImageStyle, readStyles } from '../configs/image-styles.ts';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { noSuchStyle } from '../gateway/oss-errors.ts';
import { httpDate } from '../wire/format-time.ts';
import { writeXml, type XmlPair } from '../xml/write-xml.ts';

/** GET ?style: the one that `styleName` names, or all of them. */
export async function getStyle({ request, store, bucket }: OssCall): Promise<OssReply> {
  const styles = await readStyles(store, bucket);
  const name = request.params.get('styleName');
  if (name === undefined) {
    const all = [...styles.values()].map((style): XmlPair => ['Style', elements(style)]);
    return { status: 200, body: writeXml('StyleList', all) };
  }
  const style = styles.get(name);
  if (style === undefined) {
    throw noSuchStyle(name);
  }
  return { status: 200, body: writeXml('Style', elements(style)) };
}

function elements({ name, content, category, created, modified }: ImageStyle): XmlPair[] {
  return [
    ['Name', name],
    ['Content', content],
    ['Category', category],
    ['CreateTime', httpDate(created)],
    ['LastModifyTime', httpDate(modified)],
  ];
}
