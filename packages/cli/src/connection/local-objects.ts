import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import {
  findOrphans,
  findS3Orphans,
  type ObjectStore,
  openFileStore,
  openS3Store,
  type Orphan,
} from '@rebatch/objects';
import { CliError, UsageError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';
import { dataFolder } from './data-folder.ts';

/** Which back end a command without a server looks at, as `serve --objects` names them. */
export const OBJECTS_OPTION = {
  objects: { value: 'NAME', help: 'file, or s3 with the REBATCH_S3_ variables of serve (default: file)' },
} as const;

/** The object store of a data folder, for when no server has it open. */
export interface LocalObjects {
  /** What the bytes lie in, in the plural. */
  holders: string;
  findOrphans: () => Promise<Orphan[]>;
  open: (sweep: boolean) => Promise<ObjectStore>;
}

/**
 * @throws UsageError when there is no such back end, or the environment does not say where the S3 server is; CliError when
 * the folder has no store
 */
export async function localObjects(options: Options, io: Io): Promise<LocalObjects> {
  const data = dataFolder(options.text('data'), io);
  const name = options.text('objects') ?? 'file';
  if (name === 'file') {
    const dir = join(data, 'objects');
    if (!existsSync(dir)) throw noStore(data);
    return {
      holders: 'files',
      findOrphans: () => findOrphans(dir).catch(closed),
      open: (sweep) => openFileStore({ dir, clock: systemClock, sweep }).catch(closed),
    };
  }
  if (name !== 's3') throw new UsageError(`--objects must be file or s3, not "${name}"`);
  const s3 = { ...(await s3Options(io)), dir: join(data, 'objects-s3'), clock: systemClock };
  if (!existsSync(s3.dir)) throw noStore(data);
  return {
    holders: 'S3 objects',
    findOrphans: () => findS3Orphans(s3).catch(closed),
    open: (sweep) => openS3Store({ ...s3, sweep }).catch(closed),
  };
}

function noStore(data: string): CliError {
  return new CliError(`there is no object store in ${data}: give the --data of its server`);
}

async function s3Options(io: Io) {
  const { parseS3Options } = await import('@rebatch/emulator');
  try {
    return parseS3Options(io.env);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function closed(error: unknown): never {
  throw new CliError(error instanceof Error ? error.message : String(error), { cause: error });
}
