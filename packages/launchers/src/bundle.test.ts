import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const script = join(dirname(dirname(fileURLToPath(import.meta.url))), 'scripts/bundle.ts');
let folder = '';
const PROGRAMS = ['blender-front.cjs', 'render-3dsmax.cjs', 'render-blender.cjs', 'render-command.cjs'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rebatch-bundle-'));
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the bundles', () => {
  test('are the programs', () => {
    expect(readdirSync(folder)).toEqual(PROGRAMS);
  });

  test.each(PROGRAMS)('%s needs nothing beside Node', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const needed = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, module = '']) => module);
    expect(needed.filter((module) => !module.startsWith('node:'))).toEqual([]);
  });

  test.each(PROGRAMS)('%s calls no method younger than Node 18', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(text).not.toMatch(
      /\.(toSorted|toReversed|toSpliced|groupBy|fromAsync|withResolvers|isWellFormed)\(/,
    );
  });

  test('run on their own', () => {
    expect(run('render-blender.cjs', ['--help']).stdout).toContain('usage: render-blender');
    expect(run('render-command.cjs', ['--help']).stdout).toContain('usage: render-command');
    expect(run('blender-front.cjs', ['-b', 's.blend', '--version']).stdout).toBe('-b s.blend --version\n');
  });
});

function run(name: string, args: string[]): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, [join(folder, name), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { REBATCH_BLENDER: '/bin/echo' },
  });
}
