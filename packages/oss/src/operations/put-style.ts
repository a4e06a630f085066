import { changeStyles } from '../configs/image-styles.ts';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { accessDenied, invalidArgument } from '../gateway/oss-errors.ts';
import { readBody } from '../wire/read-body.ts';
import { readXml } from '../xml/read-xml.ts';

const BODY_LIMIT = 64 * 1024;

/** The vendor's limit for one bucket. */
const MAX_STYLES = 50;

/** PUT ?style&styleName=…: makes the style, or gives it another content, which is looked at when it is used. */
export async function putStyle({ request, store, bucket, clock }: OssCall): Promise<OssReply> {
  const name = request.params.get('styleName') ?? '';
  if (!/^[\w.-]{1,63}$/.test(name)) {
    throw invalidArgument(`The value: ${name} of parameter: stylename is invalid.`, 'styleName', name);
  }
  const content =
    readXml(await readBody(request, BODY_LIMIT), 'Style')
      .text('Content')
      ?.trim() ?? '';
  if (content === '') {
    throw invalidArgument('Style content is invalid.', 'Content', content);
  }
  const category = request.params.get('category') ?? 'image';
  const modified = clock.now();
  await changeStyles(store, bucket, (styles) => {
    if (!styles.has(name) && styles.size >= MAX_STYLES) {
      throw accessDenied(`Your style count is exceeded ${MAX_STYLES}.`);
    }
    const created = styles.get(name)?.created ?? modified;
    styles.set(name, { name, content, category, created, modified });
  });
  return { status: 200 };
}
