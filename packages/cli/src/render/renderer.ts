import { BLENDER_IMAGE, blenderApp, MAX_IMAGE, maxApp } from '@rebatch/apps';
import type { RenderFormat } from '@rebatch/launchers';
import type { AppDescription } from '@rebatch/model';
import { UsageError } from '../cli-error.ts';

/** What renders a scene: an App of Rebatch's, and how `rebatch render` speaks to it. */
export interface Renderer {
  /** Its App, unless --app names another. */
  readonly app: string;
  readonly image: string;
  readonly describe: (image: string) => AppDescription;
  /** Options that mean nothing to it. */
  readonly strange: readonly string[];
  /** What names must not hold that go into its command line. */
  readonly unsafe: RegExp;
  /** Pictures' names unless --name gives one; `stem`: of the scene. */
  readonly pattern: (stem: string, format: RenderFormat) => string;
  /** The App's inputs that name the pictures. @throws UsageError */
  readonly nameInputs: (pattern: string, format: RenderFormat) => Record<string, string>;
}

const BLENDER: Renderer = {
  app: 'blender',
  image: BLENDER_IMAGE,
  describe: blenderApp,
  strange: ['camera'],
  unsafe: /['"\\$`\p{Cc}]/u,
  pattern: (_stem, { extension }) => `####${extension}`,
  nameInputs: (pattern, { name }) => ({ format: name, output_name_format: pattern }),
};

const MAX: Renderer = {
  app: '3dsmax',
  image: MAX_IMAGE,
  describe: maxApp,
  strange: ['samples', 'engine', 'device', 'allow-scripts'],
  // Those that Windows has no names with, too.
  unsafe: /['"\\$`%:<>|?*\p{Cc}]/u,
  pattern: (stem, { extension }) => `${stem}####${extension}`,
  nameInputs: maxName,
};

/** 3ds Max itself puts four digits before the ending, by which it knows the format. */
function maxName(pattern: string, { name, extension, kind }: RenderFormat): Record<string, string> {
  if (kind === 'movie') throw new UsageError(`--format ${name}: 3ds Max renders frames here, not movies`);
  const match = /^((?:[^#]*\/)?[^#/]+)####(?:\.[^#/]*)?$/.exec(pattern);
  if (match?.[1] === undefined) {
    throw new UsageError(
      `--name for 3ds Max must be a name with #### before its ending, such as shot/test####${extension}, not "${pattern}"`,
    );
  }
  return { output_name: `${match[1]}${extension}` };
}

/** By the ending of the scene's name; Blender's is not looked at, as Blender does not. */
export function rendererOf(scenePath: string): Renderer {
  return /\.max$/i.test(scenePath) ? MAX : BLENDER;
}
