import type { Reserved } from '@rebatch/client';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { formatWireTime } from '../terminal/format-time.ts';
import { type Column, formatTable } from '../terminal/table.ts';

export const reservedCommand: Command = {
  usage: ['reserved [--json]'],
  about:
    'Lists failed instances whose sandboxes are kept (ReserveOnFail), until when. "rebatch shell" looks into them, "rebatch shell --release" removes them before their time.',
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(options, io) {
    options.between(0, 0, '');
    return withConnection(options, io, async ({ shells }) => {
      const reserved = await shells.reserved();
      if (options.flag('json')) await io.out(`${JSON.stringify(reserved, null, 2)}\n`);
      else if (reserved.length === 0) await io.out('nothing is kept\n');
      else await io.out(formatTable(COLUMNS, reserved));
      return 0;
    });
  },
};

const COLUMNS: readonly Column<Reserved>[] = [
  { title: 'JOB', value: ({ jobId }) => jobId },
  { title: 'TASK', value: ({ taskName }) => taskName },
  { title: 'INSTANCE', value: ({ instanceId }) => String(instanceId), align: 'right' },
  { title: 'EXIT', value: ({ exitCode }) => String(exitCode ?? ''), align: 'right' },
  { title: 'WHY', value: ({ reason }) => reason },
  { title: 'UNTIL', value: ({ until }) => formatWireTime(until) },
];
