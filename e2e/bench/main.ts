import { parseArgs } from 'node:util';
import { type BenchRow, report } from './report.ts';
import { benchControl } from './control.ts';
import { benchObjects } from './objects.ts';
import { benchRender } from './render.ts';
import { benchWorker, WORKER_SUBJECTS } from './worker.ts';

// No registry to pull Ryuk from; every suite removes what it started.
process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';

const SUITES: Record<string, () => Promise<BenchRow[]>> = {
  render: benchRender,
  control: benchControl,
  objects: benchObjects,
  worker: benchWorker,
  ...Object.fromEntries(
    Object.entries(WORKER_SUBJECTS).map(([subject, bench]) => [`worker/${subject}`, bench]),
  ),
};

const { name, json } = readArguments();
const suite = Object.hasOwn(SUITES, name) ? SUITES[name] : undefined;
if (suite === undefined) {
  console.error(`Usage: npm run bench -- SUITE [--json FILE]; suites: ${Object.keys(SUITES).join(', ')}`);
  process.exitCode = 2;
} else {
  await report(await suite(), json);
}

/** `name`: "" when the command line is none that is known. */
function readArguments(): { name: string; json?: string } {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'string' } },
    });
    return { name: positionals.length === 1 ? (positionals[0] ?? '') : '', ...values };
  } catch {
    return { name: '' };
  }
}
