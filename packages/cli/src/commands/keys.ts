import type { ListedKey } from '@rebatch/emulator';
import { type Action, runAction } from '../administration/action.ts';
import { listAction } from '../administration/list-action.ts';
import type { Command } from '../command.ts';
import { DATA_OPTION } from '../connection/administration.ts';
import { disableKey, enableKey, makeKey } from '../keys/change-keys.ts';
import { quota } from '../keys/quota.ts';
import { sts } from '../keys/sts.ts';
import { JSON_OPTION } from '../options/option-spec.ts';
import { formatLocalTime } from '../terminal/format-time.ts';

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  [
    'list',
    listAction({
      rows: (administration) => administration.listKeys(),
      columns: [
        { title: 'KEY', value: (key) => key.id },
        { title: 'ACCOUNT', value: (key) => key.owner },
        { title: 'STATE', value: stateOf },
        { title: 'MADE', value: (key) => formatLocalTime(key.createdAt) },
        { title: 'NOTE', value: (key) => key.note },
      ],
    }),
  ],
  ['make', makeKey],
  ['disable', disableKey],
  ['enable', enableKey],
  ['sts', sts],
  ['quota', quota],
]);

const AMOUNT = 'a number, or "none" for no bound';

export const keysCommand: Command = {
  usage: [
    'keys [list] [--json]',
    'keys make [--owner new|N] [--note TEXT] [--json]',
    'keys disable|enable ID...',
    'keys sts [--owner N] [--ttl SECONDS] [--prefix oss://B/P/]... [--read-prefix oss://B/P/]... [--json]',
    'keys quota [--owner N|all] [--jobs N] [--instances N] [--clusters N] [--images N] [--json]',
  ],
  about:
    'Access keys and accounts of the server on this machine, whether it runs or not; a running server takes note at once. What one account has, another does not see. "make" makes a key, of a new account unless --owner says of which; "sts" makes a temporary key with a security token, which --prefix limits to objects and folders; "quota" shows or sets what an account may have.',
  options: {
    owner: {
      value: 'N',
      help: 'account number; "new" for make, "all" for quota (default: new, the first account, all)',
    },
    note: { value: 'TEXT', help: 'what to call the key in lists' },
    ttl: { value: 'SECONDS', help: 'life of a temporary key, 1 to 604800 (default: 3600)' },
    prefix: {
      value: 'URL',
      multiple: true,
      help: 'the key may read and write this object, or below this folder (ends with /)',
    },
    'read-prefix': {
      value: 'URL',
      multiple: true,
      help: 'the key may read this object, or below this folder',
    },
    jobs: { value: 'N', help: `jobs stored: ${AMOUNT}` },
    instances: { value: 'N', help: `instances running at once: ${AMOUNT}` },
    clusters: { value: 'N', help: `clusters: ${AMOUNT}` },
    images: { value: 'N', help: `images made by CreateImage: ${AMOUNT}` },
    ...JSON_OPTION,
    ...DATA_OPTION,
  },
  examples: [
    'rebatch keys make --note "comp department"',
    'rebatch keys sts --ttl 900 --read-prefix oss://shots/in/ --prefix oss://shots/out/',
    'rebatch keys quota --owner 1000002 --jobs 500 --instances 8',
  ],
  run: runAction(ACTIONS),
};

function stateOf({ enabled, expiresAt }: ListedKey): string {
  if (!enabled) return 'disabled';
  if (expiresAt === undefined) return 'enabled';
  return expiresAt <= Date.now() ? 'expired' : `until ${formatLocalTime(expiresAt)}`;
}
