import type { ChangeOptions, ObjectInfo } from '../../types.ts';
import { changeStrings } from '../change-strings.ts';
import { commitChange, requireObject, type StoreContext } from '../context.ts';
import { requireStill } from '../require-still.ts';

export async function setAttributes(
  context: StoreContext,
  bucket: string,
  key: string,
  changes: Readonly<Record<string, string | undefined>>,
  { versionId, ifStill }: ChangeOptions,
): Promise<ObjectInfo> {
  const { sql } = context;
  return commitChange(context, () => {
    const object = requireObject(context, bucket, key, versionId);
    if (ifStill !== undefined) {
      requireStill(context, bucket, key, versionId, ifStill);
    }
    const result = { ...object.info, attributes: changeStrings(object.info.attributes, changes) };
    const version = sql.findVersion(bucket, key, object.info.versionId);
    if (version === undefined) {
      sql.saveObject({ ...object, info: result });
    } else {
      sql.saveVersion(bucket, key, { ...version, object: { ...object, info: result } });
    }
    return { result, released: [] };
  });
}
