import { type BatchComputeClient, BatchComputeError, readAppDescription } from '@rebatch/client';
import type { AppDescription } from '@rebatch/model';
import { differences } from './differences.ts';

export interface RegisterOptions {
  /** Container image to use instead of the definition's. */
  image?: string;
  /** Only find out what would be done. */
  dryRun?: boolean;
}

export interface Registration {
  name: string;
  action: 'created' | 'updated' | 'unchanged';
  /** For `updated`: what differs, as `path: old → new`. */
  changes: string[];
  dryRun: boolean;
}

/**
 * Brings an App on any BatchCompute endpoint to a definition: creates it, or writes a new revision, but only when
 * the service's copy says something else. Doing it again changes nothing.
 * @throws BatchComputeError, ConnectionError
 */
export async function registerApp(
  client: BatchComputeClient,
  definition: AppDescription,
  options: RegisterOptions = {},
): Promise<Registration> {
  const wanted =
    options.image === undefined
      ? definition
      : { ...definition, Docker: { ...definition.Docker, Image: options.image } };
  const dryRun = options.dryRun ?? false;
  const present = await findApp(client, wanted.Name);
  if (present === undefined) {
    if (!dryRun) await client.createApp(wanted);
    return { name: wanted.Name, action: 'created', changes: [], dryRun };
  }
  // Both sides are read alike: what one leaves to the default and the other writes out is the same.
  const changes = differences(present, readAppDescription(wanted));
  if (changes.length > 0 && !dryRun) await client.modifyApp(wanted.Name, wanted);
  return { name: wanted.Name, action: changes.length > 0 ? 'updated' : 'unchanged', changes, dryRun };
}

/** A revision of an App, its latest by default, or undefined when there is none of that name or number. */
export async function findApp(
  client: BatchComputeClient,
  name: string,
  revision?: number,
): Promise<AppDescription | undefined> {
  try {
    return await client.getAppDetail(name, revision);
  } catch (error) {
    if (error instanceof BatchComputeError && error.status === 404) return undefined;
    throw error;
  }
}
