import { APP_DEFINITIONS } from '@rebatch/apps';
import { type AppDescription, parseAppDescription, WireError } from '@rebatch/model';
import { UsageError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';
import { readJson } from '../options/read-json.ts';

/** Names of the Apps that come with Rebatch. */
export const KNOWN_APPS = [...APP_DEFINITIONS.keys()].join(', ');

/**
 * The App that a NAME|FILE argument means, under the name of --as and in the image of --image when they are given. NAME is
 * one that comes with Rebatch; FILE holds an App description as CreateApp takes it (spec/batchcompute-api.md §8.4) and
 * `apps export` writes it, `-` is standard input.
 * @throws UsageError when it is neither, or when the service would refuse the description
 */
export async function wantedApp(source: string, options: Options, io: Io): Promise<AppDescription> {
  const image = options.text('image');
  const known = APP_DEFINITIONS.get(source);
  const app = known === undefined ? await fromFile(source, io) : known.describe(image ?? known.image);
  return {
    ...app,
    Name: options.text('as') ?? app.Name,
    ...(image === undefined ? {} : { Docker: { ...app.Docker, Image: image } }),
  };
}

async function fromFile(file: string, io: Io): Promise<AppDescription> {
  if (file !== '-' && !/[./]/.test(file)) {
    throw new UsageError(
      `no App "${file}" comes with Rebatch; known: ${KNOWN_APPS}; a file is named like ./${file} or ${file}.json`,
    );
  }
  const { value, where } = await readJson(file, io);
  try {
    return parseAppDescription(value);
  } catch (error) {
    if (error instanceof WireError)
      throw new UsageError(`${where} describes no App: ${error.message}`, { cause: error });
    throw error;
  }
}
