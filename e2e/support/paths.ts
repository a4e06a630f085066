import { join } from 'node:path';

/** Root of the checkout. */
export const ROOT = join(import.meta.dirname, '../..');

/** What may be made again and is kept between runs; never in git. */
export const CACHE = join(ROOT, '.cache');
