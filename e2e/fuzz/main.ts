import { parseArgs } from 'node:util';
import { startServer } from '../support/server.ts';
import { fuzz } from './fuzz.ts';

/** `npm run fuzz -- [--seconds 60] [--seed N]`: exit code 1 when an answer was wrong or memory grew without end. */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const MOST_GROWTH_BYTES = 200e6;

const server = await startServer({ executor: 'simulated', simulate: 'duration=1ms', slots: 50 });
try {
  const end = Date.now() + Number(values.seconds) * 1000;
  const { requests, statuses, complaints, memory } = await fuzz(
    server,
    Number(values.seed),
    () => Date.now() < end,
    5000,
  );
  for (const [status, count] of [...statuses].toSorted(([a], [b]) => a - b)) {
    console.log(`${status === 0 ? 'closed' : status}\t${count}`);
  }
  const growth = memory.end - memory.warm;
  console.log(`${requests} requests, seed ${values.seed}, ${complaints.length} complaints`);
  console.log(
    `memory ${(memory.warm / 1e6).toFixed(0)} MB warm, ${(memory.end / 1e6).toFixed(0)} MB at the end`,
  );
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0 || growth > MOST_GROWTH_BYTES) process.exitCode = 1;
} finally {
  await server.dispose();
}
