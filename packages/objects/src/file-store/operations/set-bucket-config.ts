import { changeStrings } from '../change-strings.ts';
import { commitChange, requireBucket, type StoreContext } from '../context.ts';

export async function setBucketConfig(
  context: StoreContext,
  bucket: string,
  name: string,
  document: string | undefined,
  attributes: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { sql } = context;
  await commitChange(context, () => {
    const info = requireBucket(context, bucket);
    sql.saveBucketConfig(bucket, name, document);
    sql.saveBucket({ ...info, attributes: changeStrings(info.attributes, attributes) });
    return { result: undefined, released: [] };
  });
}
