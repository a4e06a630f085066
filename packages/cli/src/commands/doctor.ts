import type { Command } from '../command.ts';
import { dataFolder } from '../connection/data-folder.ts';
import type { Finding } from '../doctor/check.ts';
import { checkDocker } from '../doctor/check-docker.ts';
import { checkNode } from '../doctor/check-node.ts';
import { checkServer } from '../doctor/check-server.ts';
import { checkStorage } from '../doctor/check-storage.ts';
import { JSON_OPTION } from '../options/option-spec.ts';
import { printable } from '../terminal/printable.ts';
import { styler } from '../terminal/style.ts';

const CHECKS = [checkNode, checkDocker, checkStorage, checkServer] as const;

export const doctorCommand: Command = {
  usage: ['doctor [--json]'],
  about:
    'Looks at what Rebatch needs on this machine, and says for everything that is missing how to get it. Exit code 1 when something is missing.',
  options: {
    data: { value: 'DIR', help: 'data folder of the server (else $REBATCH_DATA, else ~/.rebatch)' },
    'api-port': { value: 'PORT', help: 'port that the API is to have (default: 8700)' },
    'oss-port': { value: 'PORT', help: 'port that the object store is to have (default: 8701)' },
    image: {
      value: 'IMAGE',
      multiple: true,
      help: 'images that are needed (default: rebatch/blender:latest)',
    },
    ...JSON_OPTION,
  },
  async run(options, io) {
    options.between(0, 0, '');
    const images = options.texts('image');
    const context = {
      dataFolder: dataFolder(options.text('data'), io),
      apiPort: options.integer('api-port', 1, 65_535) ?? 8700,
      ossPort: options.integer('oss-port', 1, 65_535) ?? 8701,
      images: images.length > 0 ? images : ['rebatch/blender:latest'],
    };
    const findings = (await Promise.all(CHECKS.map(async (check) => check(context)))).flat();
    const missing = findings.filter((finding) => finding.status === 'missing').length;
    if (options.flag('json')) {
      await io.out(`${JSON.stringify({ ok: missing === 0, findings }, null, 2)}\n`);
    } else {
      await io.out(format(findings, styler(io)));
      const text = missing === 0 ? 'everything that is needed is here' : `${missing} missing`;
      await io.out(`\n${text}\n`);
    }
    return missing === 0 ? 0 : 1;
  },
};

const MARKS = {
  ok: ['green', 'ok     '],
  missing: ['red', 'MISSING'],
  note: ['yellow', 'note   '],
} as const;

function format(findings: readonly Finding[], style: ReturnType<typeof styler>): string {
  const width = Math.max(...findings.map((finding) => finding.what.length));
  return findings
    .map(({ what, status, detail, fix }) => {
      const [colour, mark] = MARKS[status];
      const line = `${style(colour, mark)}  ${what.padEnd(width)}  ${printable(detail)}\n`;
      return fix === undefined ? line : `${line}${' '.repeat(width + 11)}→ ${fix}\n`;
    })
    .join('');
}
