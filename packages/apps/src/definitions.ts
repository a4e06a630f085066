import type { AppDescription } from '@rebatch/model';
import { BLENDER_IMAGE, blenderApp } from './blender.ts';

/** An App that comes with Rebatch. */
export interface AppDefinition {
  image: string;
  describe: (image: string) => AppDescription;
}

/** By the name that `rebatch apps register` knows. */
export const APP_DEFINITIONS: ReadonlyMap<string, AppDefinition> = new Map([
  ['blender', { image: BLENDER_IMAGE, describe: blenderApp }],
]);
