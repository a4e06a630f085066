import type { Page } from '@rebatch/model';

/** Which part of a list: `marker` from the page before, "" or absent at the start; `limit` 1 to 100. */
export interface PageOptions {
  marker?: string;
  limit?: number;
}

/** Every item of a list, page after page, asking for the next page only when it is needed. */
export async function* eachItem<T>(
  page: (options: Required<PageOptions>) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  for (let marker = ''; ; ) {
    const { Items, NextMarker } = await page({ marker, limit: 100 });
    yield* Items;
    if (NextMarker === '' || NextMarker === marker) return;
    marker = NextMarker;
  }
}
