import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fuseWorld } from '../../testing/fuse-world.ts';

/** Answers how a program of its own ends. */
async function codeOf(program: string, args: string[]): Promise<number> {
  const child = spawn(program, args, { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return Number(code);
}

/** Once it has written something. */
async function spoken(child: ChildProcess): Promise<void> {
  if (child.stdout !== null) await once(child.stdout, 'data');
}

/** Takes a lock by fcntl, as SQLite does, and answers 5 when somebody has it. */
const FCNTL = `
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(process.argv[1]);
  try { db.exec('BEGIN EXCLUSIVE'); } catch { process.exit(5); }
  console.log('locked');
  process.stdin.once('data', () => process.exit(0));
`;

describe('Locks in a mount', () => {
  it('by flock keep other programs out, also on an object that nobody writes to', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha' });
    const file = join((await world.mount('in/')).path, 'a');
    const holder = spawn('flock', [file, 'sh', '-c', 'echo locked; read line'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    await spoken(holder);
    expect(await codeOf('flock', ['--nonblock', '--conflict-exit-code', '5', file, 'true'])).toBe(5);
    holder.stdin.end();
    await once(holder, 'exit');
    expect(await codeOf('flock', ['--nonblock', '--conflict-exit-code', '5', file, 'true'])).toBe(0);
  });

  it('by fcntl keep other programs out', async () => {
    await using world = await fuseWorld({ 'in/database': '' });
    const file = join((await world.mount('in/')).path, 'database');
    const holder = spawn(process.execPath, ['-e', FCNTL, file], { stdio: ['pipe', 'pipe', 'ignore'] });
    await spoken(holder);
    expect(await codeOf(process.execPath, ['-e', FCNTL, file])).toBe(5);
    holder.stdin.end('over\n');
    expect(await once(holder, 'exit')).toEqual([0, null]);
  });
});
