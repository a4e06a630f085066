import type { AppDescription } from '@rebatch/model';
import { BLENDER_IMAGE, blenderApp } from './blender.ts';
import { commandApp } from './command.ts';
import { MAX_IMAGE, maxApp } from './max.ts';

/** An App that comes with Rebatch. */
export interface AppDefinition {
  image: string;
  describe: (image: string) => AppDescription;
}

/** By the name that `rebatch apps register` knows. */
export const APP_DEFINITIONS: ReadonlyMap<string, AppDefinition> = new Map([
  ['blender', { image: BLENDER_IMAGE, describe: blenderApp }],
  ['command', { image: BLENDER_IMAGE, describe: commandApp }],
  ['3dsmax', { image: MAX_IMAGE, describe: maxApp }],
]);
