import type { Administration } from '@rebatch/emulator';
import { IMAGE_PLATFORMS, isImageId, isReference } from '@rebatch/model';
import { type Action, runAction } from '../administration/action.ts';
import { listAction } from '../administration/list-action.ts';
import { removeAction } from '../administration/remove-action.ts';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { DATA_OPTION } from '../connection/administration.ts';
import type { Io } from '../io.ts';
import { JSON_OPTION } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';
import { formatLocalTime } from '../terminal/format-time.ts';

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  [
    'list',
    listAction({
      rows: (administration) => administration.listImages(),
      columns: [
        { title: 'NAME', value: ({ id }) => id },
        { title: 'REFERENCE', value: ({ target }) => target },
        { title: 'ACCOUNT', value: ({ owner }) => (owner === '' ? 'system' : owner) },
        { title: 'MADE', value: ({ createdAt }) => formatLocalTime(createdAt) },
        { title: 'DESCRIPTION', value: ({ name, description }) => description || name },
      ],
    }),
  ],
  ['set', set],
  [
    'rm',
    removeAction({
      noun: 'image',
      remove: (administration, id, options) => administration.removeImage(options.text('owner') ?? '', id),
      ownerOf: (options) => options.text('owner') ?? 'the system',
    }),
  ],
]);

export const imagesCommand: Command = {
  usage: [
    'images [list] [--json]',
    'images set NAME REFERENCE [--owner N] [--description TEXT] [--platform Linux|Windows]',
    'images rm NAME... [--owner N]',
  ],
  about:
    "The table by which names of images (img-…, m-…) resolve to container images. REFERENCE is a container image such as studio/maya:7, or another NAME. Names are the system's, for all accounts, unless --owner gives one account a meaning of its own. Works on the data folder, whether the server runs or not.",
  options: {
    owner: { value: 'N', help: 'account whose name it is (default: the system)' },
    description: { value: 'TEXT', help: 'what ListImages says about it' },
    platform: { value: 'NAME', help: `${IMAGE_PLATFORMS.join(' or ')} (default: Linux)` },
    ...JSON_OPTION,
    ...DATA_OPTION,
  },
  examples: ['rebatch images set img-maya studio/maya:7', 'rebatch images set m-28sm92ds img-ubuntu'],
  run: runAction(ACTIONS),
};

async function set(
  administration: Administration,
  args: string[],
  options: Options,
  io: Io,
): Promise<number> {
  const [id, target, extra] = args;
  if (id === undefined || target === undefined) throw new UsageError('NAME and REFERENCE are needed');
  if (extra !== undefined) throw new UsageError(`what is "${extra}"?`);
  if (!isImageId(id)) throw new UsageError(`NAME must look like img-… or m-…, not "${id}"`);
  if (!isImageId(target) && !isReference(target)) {
    throw new UsageError(
      `"${target}" is neither a container image such as studio/maya:7 nor a name like img-…`,
    );
  }
  const platform = options.text('platform') ?? 'Linux';
  if (platform !== 'Linux' && platform !== 'Windows') {
    throw new UsageError(`--platform must be one of ${IMAGE_PLATFORMS.join(', ')}, not "${platform}"`);
  }
  administration.setImage({
    id,
    owner: options.text('owner') ?? '',
    target,
    description: options.text('description') ?? '',
    platform,
  });
  await io.out(`image ${id} is ${target}\n`);
  return 0;
}
