/**
 * A process with a Docker executor, made to be killed. Arguments: the data folder, an AttemptSpec as JSON and, for an attempt
 * of a cluster, the NodeSpec of its machine, which comes first then. Prints a
 * JSON line for each event, and `{"type":"log","size":N}` whenever the stdout object has grown.
 */
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { openFileStore } from '@rebatch/objects';
import type { AttemptSpec } from '@rebatch/worker';
import { createDockerExecutor } from '../docker-executor.ts';

const [dataDir = '', specText = '', nodeText = ''] = process.argv.slice(2);
const spec: AttemptSpec = JSON.parse(specText);
const objects = await openFileStore({ dir: join(dataDir, 'objects'), clock: systemClock });
const print = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
objects.watch('films', 'stdout', (change) => {
  if (change.kind === 'append') print({ type: 'log', size: change.info.size });
});
const executor = createDockerExecutor({
  dataDir,
  objects,
  operator: '1',
  slots: 1,
  clock: systemClock,
  ossHost: () => '',
});
await executor.open({
  event: print,
  healthChanged: () => undefined,
  node(event) {
    print(event);
    if (event.type === 'running') executor.start(spec);
  },
});
if (nodeText === '') executor.start(spec);
else executor.nodes?.add(JSON.parse(nodeText));
// Until it is killed.
setInterval(() => undefined, 1_000_000);
