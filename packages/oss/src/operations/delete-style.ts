import { changeStyles } from '../configs/image-styles.ts';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';

/** DELETE ?style&styleName=…: 204 whether or not there was one. */
export async function deleteStyle({ request, store, bucket }: OssCall): Promise<OssReply> {
  const name = request.params.get('styleName') ?? '';
  await changeStyles(store, bucket, (styles) => void styles.delete(name));
  return { status: 204 };
}
