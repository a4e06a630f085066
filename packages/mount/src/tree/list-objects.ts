import type { ObjectInfo, ObjectStore } from '@rebatch/objects';

/** Every object below `prefix`, read page by page. Throws what `ObjectStore.list` throws. */
export async function listObjects(
  objects: ObjectStore,
  bucket: string,
  prefix: string,
): Promise<ObjectInfo[]> {
  const found: ObjectInfo[] = [];
  let after: string | undefined;
  do {
    const page = await objects.list(bucket, after === undefined ? { prefix } : { prefix, after });
    found.push(...page.objects);
    after = page.next;
  } while (after !== undefined);
  return found;
}
