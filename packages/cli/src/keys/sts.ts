import type { Administration } from '@rebatch/emulator';
import { formatTime, ossUrlProblem, parseOssUrl } from '@rebatch/model';
import { UsageError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';

/** Seconds: a week. */
const MAX_TTL = 604_800;

type Grant = { bucket: string; prefix: string; access: 'read' | 'write' };

/** `rebatch keys sts`: a temporary key, as the vendor's STS gives it. */
export async function sts(
  administration: Administration,
  names: string[],
  options: Options,
  io: Io,
): Promise<number> {
  if (names[0] !== undefined) throw new UsageError(`what is "${names[0]}"? a place is given by --prefix`);
  const grants: Grant[] = [
    ...options.texts('prefix').map((url) => grantOf('prefix', url, 'write')),
    ...options.texts('read-prefix').map((url) => grantOf('read-prefix', url, 'read')),
  ];
  const key = administration.makeTemporaryKey({
    owner: options.text('owner') ?? administration.operator,
    ttlMs: (options.integer('ttl', 1, MAX_TTL) ?? 3600) * 1000,
    note: options.text('note') ?? '',
    ...(grants.length === 0 ? {} : { grants }),
  });
  // The vendor's own names, for scripts that know its STS.
  const shown = {
    AccessKeyId: key.id,
    AccessKeySecret: key.secret,
    SecurityToken: key.temporary.token,
    Expiration: formatTime(key.temporary.expiresAt),
  };
  const width = Math.max(...Object.keys(shown).map((name) => name.length)) + 2;
  await io.out(
    options.flag('json')
      ? `${JSON.stringify(shown, null, 2)}\n`
      : Object.entries(shown)
          .map(([name, value]) => `${name.padEnd(width)}${value}\n`)
          .join(''),
  );
  return 0;
}

function grantOf(option: string, url: string, access: Grant['access']): Grant {
  const problem = ossUrlProblem(url);
  if (problem !== undefined) throw new UsageError(`--${option} ${url}: ${problem}`);
  const { bucket, key: prefix } = parseOssUrl(url);
  return { bucket, prefix, access };
}
