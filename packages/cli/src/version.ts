import manifest from '../package.json' with { type: 'json' };

/** Version of this program, as its manifest says. */
export const VERSION: string = manifest.version;
