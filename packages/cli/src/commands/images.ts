import type { Administration } from '@rebatch/emulator';
import { IMAGE_PLATFORMS, isImageId } from '@rebatch/model';
import { CliError, UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { DATA_OPTION, withAdministration } from '../connection/administration.ts';
import type { Io } from '../io.ts';
import { JSON_OPTION } from '../options/option-spec.ts';
import { chooseAction } from '../options/choose-action.ts';
import type { Options } from '../options/options.ts';
import { formatLocalTime } from '../terminal/format-time.ts';
import { formatTable } from '../terminal/table.ts';

type Action = (administration: Administration, args: string[], options: Options, io: Io) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['list', list],
  ['set', set],
  ['rm', remove],
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
  async run(options, io) {
    const { act, args } = chooseAction(ACTIONS, options);
    return withAdministration(options, io, async (administration) => act(administration, args, options, io));
  },
};

async function list(
  administration: Administration,
  args: string[],
  options: Options,
  io: Io,
): Promise<number> {
  if (args[0] !== undefined) throw new UsageError(`what is "${args[0]}"?`);
  const images = administration.listImages();
  if (options.flag('json')) {
    await io.out(`${JSON.stringify(images, null, 2)}\n`);
    return 0;
  }
  await io.out(
    formatTable(
      [
        { title: 'NAME', value: ({ id }) => id },
        { title: 'REFERENCE', value: ({ target }) => target },
        { title: 'ACCOUNT', value: ({ owner }) => (owner === '' ? 'system' : owner) },
        { title: 'MADE', value: ({ createdAt }) => formatLocalTime(createdAt) },
        { title: 'DESCRIPTION', value: ({ name, description }) => description || name },
      ],
      images,
    ),
  );
  return 0;
}

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
  const { isReference } = await import('@rebatch/emulator');
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

async function remove(
  administration: Administration,
  args: string[],
  options: Options,
  io: Io,
): Promise<number> {
  if (args.length === 0) throw new UsageError('NAME is missing');
  for (const id of args) {
    if (!administration.removeImage(options.text('owner') ?? '', id)) {
      throw new CliError(
        `there is no image ${id} of ${options.text('owner') ?? 'the system'}: see "rebatch images"`,
      );
    }
    await io.out(`image ${id} removed\n`);
  }
  return 0;
}
