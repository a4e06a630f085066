import { lstat, mkdir } from 'node:fs/promises';
import { posix } from 'node:path';
import type { LocalName } from '@rebatch/mount';
import type { PlannedUpload } from '../layout/plan-layout.ts';
import { isBelow } from '../layout/destination.ts';
import { realPath } from '../layout/real-path.ts';
import { locate, type Region } from '../layout/regions.ts';
import { isPrefix, type OssUrl } from '../oss-url.ts';
import { filesBelow } from './files-below.ts';

export interface Upload {
  host: LocalName;
  /** It lies on a mount, whose content this very process may have to give. */
  isMounted: boolean;
  /** A log: what is written to it meanwhile is left out, and no reason to begin again. */
  mayGrow: boolean;
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
  const changed = new Set((await mounted.diff()).map((name) => bytesOf(below(mounted.path, name))));
  return uploads.filter(({ host }) => changed.has(bytesOf(host)));
}

function below(folder: string, name: LocalName): LocalName {
  return name.length === 0 ? folder : Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]);
}

/** A text that is the same for the same bytes. */
function bytesOf(name: LocalName): string {
  return Buffer.from(name).toString('latin1');
}

/** The same while the program runs, of what lies in the attempt's own folders: not in a mount or in the image's tree. */
export async function collectRunning(planned: PlannedUpload, regions: readonly Region[]): Promise<Upload[]> {
  const path = await realPath(regions, planned.from.path);
  const place = path === undefined ? undefined : locate(regions, path);
  if (path === undefined || place === undefined || place.region.mounted !== undefined) return [];
  const uploads = await uploadsOf(planned, place.host, regions, path);
  return uploads.filter(({ isMounted }) => !isMounted);
}

async function uploadsOf(
  planned: PlannedUpload,
  host: string,
  regions: readonly Region[],
  path: string,
): Promise<Upload[]> {
  const stats = await lstat(host).catch(() => undefined);
  const { to, charset = 'utf-8', suffix } = planned;
  const mounts = regions.flatMap(({ mounted }) => (mounted === undefined ? [] : [mounted.path]));
  const upload = (file: LocalName, key: string): Upload => ({
    host: file,
    isMounted: mounts.some((mount) => file === mount || isBelow(String(file), mount)),
    mayGrow: suffix !== '',
    to: { bucket: to.bucket, key },
  });
  if (stats?.isDirectory() === true) {
    const prefix = isPrefix(to) ? to.key : `${to.key}/`;
    const files = await filesBelow(regions, path, host, charset);
    return files.map((file) => upload(file.host, `${prefix}${file.relative}${suffix}`));
  }
  if (stats?.isFile() !== true) return [];
  const name = `${posix.basename(planned.from.path)}${suffix}`;
  return [upload(host, isPrefix(to) ? `${to.key}${name}` : to.key)];
}
