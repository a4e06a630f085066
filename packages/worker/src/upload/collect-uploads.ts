import { lstat, mkdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { PlannedUpload } from '../layout/plan-layout.ts';
import { isBelow } from '../layout/destination.ts';
import { realPath } from '../layout/real-path.ts';
import { locate, type Region } from '../layout/regions.ts';
import { isPrefix, type OssUrl } from '../oss-url.ts';
import { filesBelow, type LocalFile } from './files-below.ts';

export interface Upload {
  host: string;
  /** It lies on a mount, whose content this very process may have to give. */
  isMounted: boolean;
  to: OssUrl;
}

/** Fetches a path that lies in the image's own file tree; see `fetchFromSandbox`. */
export type Fetch = (path: string, into: string) => Promise<string | undefined>;

/**
 * What one output or log mapping uploads. A path that is not there uploads nothing, which is no error (spec §12.2). Of
 * a folder that also is an input, only what is new or changed.
 */
export async function collectUploads(
  planned: PlannedUpload,
  regions: readonly Region[],
  fetch: Fetch,
  fetchFolder: string,
): Promise<Upload[]> {
  const path = await realPath(regions, planned.from.path);
  if (path === undefined) return [];
  const place = locate(regions, path);
  if (place === undefined) {
    await mkdir(fetchFolder, { recursive: true });
    const fetched = await fetch(path, fetchFolder);
    return fetched === undefined ? [] : uploadsOf(planned, fetched, [], path);
  }
  const uploads = await uploadsOf(planned, place.host, regions, path);
  const { mounted } = place.region;
  if (mounted === undefined) return uploads;
  const changed = new Set((await mounted.diff()).map((name) => join(mounted.path, name)));
  return uploads.filter((upload) => changed.has(upload.host));
}

async function uploadsOf(
  planned: PlannedUpload,
  host: string,
  regions: readonly Region[],
  path: string,
): Promise<Upload[]> {
  const stats = await lstat(host).catch(() => undefined);
  const { bucket, key } = planned.to;
  const mounts = regions.flatMap(({ mounted }) => (mounted === undefined ? [] : [mounted.path]));
  const isMounted = (file: string): boolean => mounts.some((mount) => file === mount || isBelow(file, mount));
  if (stats?.isDirectory() === true) {
    const prefix = isPrefix(planned.to) ? key : `${key}/`;
    const files: LocalFile[] = await filesBelow(regions, path, host);
    return files.map((file) => ({
      host: file.host,
      isMounted: isMounted(file.host),
      to: { bucket, key: `${prefix}${file.relative}${planned.suffix}` },
    }));
  }
  if (stats?.isFile() !== true) return [];
  const name = `${posix.basename(planned.from.path)}${planned.suffix}`;
  return [
    { host, isMounted: isMounted(host), to: { bucket, key: isPrefix(planned.to) ? `${key}${name}` : key } },
  ];
}
