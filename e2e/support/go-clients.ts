import { join } from 'node:path';
import { goCommand } from './go.ts';
import { CACHE, ROOT } from './paths.ts';
import { runOk } from './run.ts';

/** Compiles a program of `e2e/clients/go`, with its SDK as the module proxy has it; gives its path. */
export async function buildGoClient(name: string): Promise<string> {
  const program = join(CACHE, 'e2e/go-clients', name);
  await runOk(await goCommand(), ['build', '-trimpath', '-o', program, `./${name}`], {
    cwd: join(ROOT, 'e2e/clients/go'),
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
  });
  return program;
}
