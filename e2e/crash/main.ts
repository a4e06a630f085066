import { parseArgs } from 'node:util';
import { crashTest } from './crash-test.ts';

/** `npm run crash -- [--kills 50] [--writes 10000] [--seed 1]`: exit code 1 when an object was lost, torn or left over. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    writes: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const { rounds, lost, torn, damaged, orphans } = await crashTest({
  kills: Number(values.kills),
  writes: Number(values.writes),
  seed: Number(values.seed),
  onRound: ({ kill, acknowledged, cut, objects, uploadsLeftOpen }) =>
    console.log(
      `kill ${kill}: ${acknowledged} writes acknowledged, ${cut} cut, ${objects} objects, ${uploadsLeftOpen} uploads left open`,
    ),
});
const acknowledged = rounds.reduce((sum, round) => sum + round.acknowledged, 0);
console.log(
  `${rounds.length} kills, ${acknowledged} writes acknowledged, ${rounds.reduce((sum, { cut }) => sum + cut, 0)} cut; ` +
    `lost ${lost.length}, torn ${torn.length}, damaged ${damaged}, files without an object ${orphans}`,
);
for (const complaint of [...lost, ...torn]) console.error(complaint);
if (lost.length + torn.length + damaged + orphans > 0) process.exitCode = 1;
