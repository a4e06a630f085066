import type { Administration, QuotaName } from '@rebatch/emulator';
import { UsageError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';
import { formatTable } from '../terminal/table.ts';

const NAMES = ['jobs', 'instances', 'clusters', 'images'] as const satisfies readonly QuotaName[];

/** `rebatch keys quota`: shows what accounts may have, or sets it. */
export async function quota(
  administration: Administration,
  names: string[],
  options: Options,
  io: Io,
): Promise<number> {
  if (names[0] !== undefined)
    throw new UsageError(`what is "${names[0]}"? a quota is set by --jobs N and so on`);
  const owner = readOwner(options.text('owner'));
  const amounts = NAMES.flatMap((name) => {
    const text = options.text(name);
    return text === undefined ? [] : [{ name, amount: readAmount(name, text, options) }];
  });
  for (const { name, amount } of amounts) administration.setQuota(owner ?? '', name, amount);
  const quotas = administration.listQuotas().filter((one) => owner === undefined || one.owner === owner);
  if (options.flag('json')) {
    await io.out(`${JSON.stringify(quotas, null, 2)}\n`);
  } else if (quotas.length === 0) {
    io.err('there are no quotas\n');
  } else {
    await io.out(
      formatTable(
        [
          { title: 'ACCOUNT', value: (one) => (one.owner === '' ? 'all others' : one.owner) },
          { title: 'QUOTA', value: (one) => one.what },
          { title: 'AMOUNT', value: (one) => String(one.amount), align: 'right' },
        ],
        quotas,
      ),
    );
  }
  return 0;
}

/** Undefined: all of them. */
function readOwner(text: string | undefined): string | undefined {
  if (text === undefined || text === 'all') return undefined;
  if (!/^\d{1,15}$/.test(text))
    throw new UsageError(`--owner must be an account number or "all", not "${text}"`);
  return text;
}

function readAmount(name: QuotaName, text: string, options: Options): number | undefined {
  return text === 'none' ? undefined : options.integer(name, 0, 1_000_000_000);
}
