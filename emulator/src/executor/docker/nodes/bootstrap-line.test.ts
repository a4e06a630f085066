import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bootstrapLine } from './bootstrap-line.ts';

test('a shell hands the bootstrap of a Windows machine on letter for letter', async () => {
  const bootstrap = `e:\\boot.bat "it's" $HOME \`id\` %X% & exit`;
  const line = bootstrapLine(bootstrap, 'windows').replace(/^\S+/, "printf '%s|%s'");
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', line]);
  expect(stdout).toBe(`|${bootstrap}`);
});

test('a machine without a bootstrap has none on Windows either, and Linux reads its own', () => {
  expect(bootstrapLine('', 'windows')).toBe('');
  expect(bootstrapLine('echo $HOME', 'vm')).toBe('echo $HOME');
});
