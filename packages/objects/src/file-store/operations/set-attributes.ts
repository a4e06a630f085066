import type { ObjectInfo } from '../../types.ts';
import { commitChange, requireObject, type StoreContext } from '../context.ts';
import { formatStrings, parseStrings } from '../sql/rows.ts';

export async function setAttributes(
  context: StoreContext,
  bucket: string,
  key: string,
  changes: Readonly<Record<string, string | undefined>>,
): Promise<ObjectInfo> {
  return commitChange(context, () => {
    const { info, content } = requireObject(context, bucket, key);
    const attributes = parseStrings(formatStrings(info.attributes));
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) {
        delete attributes[name];
      } else {
        attributes[name] = value;
      }
    }
    const result = { ...info, attributes };
    context.sql.saveObject({ info: result, content });
    return { result, released: [] };
  });
}
