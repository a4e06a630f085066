import type { ObjectStore } from '@rebatch/objects';

/** A named chain of image actions. */
export interface ImageStyle {
  name: string;
  content: string;
  /** What the vendor sorts styles by; `image` unless something else was said. */
  category: string;
  /** Milliseconds since the epoch, as is the other date. */
  created: number;
  modified: number;
}

/** Name under which the store keeps all styles of a bucket. */
const DOCUMENT = 'style';

/** The styles of a bucket by name, in the order in which they were made. */
export async function readStyles(store: ObjectStore, bucket: string): Promise<Map<string, ImageStyle>> {
  const document = await store.getBucketConfig(bucket, DOCUMENT);
  const styles: ImageStyle[] = document === undefined ? [] : JSON.parse(document);
  return new Map(styles.map((style) => [style.name, style]));
}

/** Changes of styles wait for each other: all those of a bucket are one document. */
let last: Promise<unknown> = Promise.resolve();

/** Has `change` change the styles of a bucket; what it throws leaves them as they are. */
export async function changeStyles(
  store: ObjectStore,
  bucket: string,
  change: (styles: Map<string, ImageStyle>) => void,
): Promise<void> {
  const turn = async (): Promise<void> => {
    const styles = await readStyles(store, bucket);
    change(styles);
    // In the order in which they were made, which the vendor's Go SDK v1 tests (TestBucketStyle).
    const all = [...styles.values()];
    await store.setBucketConfig(bucket, DOCUMENT, all.length === 0 ? undefined : JSON.stringify(all));
  };
  const done = last.then(turn, turn);
  last = done;
  await done;
}
