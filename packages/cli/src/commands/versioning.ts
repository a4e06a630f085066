import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import { readBucketUrl } from '../transfer/read-oss-url.ts';

/** What the wire calls them (docs/object-store.md, Versions). */
const STATES = new Map([
  ['enabled', 'Enabled'],
  ['suspended', 'Suspended'],
] as const);

export const versioningCommand: Command = {
  usage: ['versioning oss://BUCKET', 'versioning oss://BUCKET enabled|suspended'],
  about:
    'Says whether a bucket keeps what is overwritten or deleted, or makes it keep that (enabled) or cease to (suspended). What it has kept stays.',
  options: CONNECTION_OPTIONS,
  async run(options, io) {
    const [place = '', wanted] = options.between(1, 2, 'oss://BUCKET');
    const bucket = readBucketUrl(place);
    const status = wanted === undefined ? undefined : readState(wanted);
    return withConnection(options, io, async ({ oss }) => {
      if (status !== undefined) await oss.setVersioning(bucket, status);
      const state = (await oss.versioning(bucket))?.toLowerCase() ?? 'off (never switched on)';
      await io.out(`versions of oss://${bucket}/ are ${state}\n`);
      return 0;
    });
  },
};

function readState(text: string): 'Enabled' | 'Suspended' {
  for (const [name, state] of STATES) if (name === text) return state;
  throw new UsageError(`"${text}" is neither enabled nor suspended`);
}
