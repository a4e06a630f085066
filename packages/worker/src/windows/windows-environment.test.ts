import { expect, test } from 'vitest';
import { markedForWindows } from './windows-environment.ts';

test('variables that Linux, its shell or Wine would take come through under a mark, in any case', () => {
  const taken = [
    'PATH',
    'Path',
    'TEMP',
    'HOSTNAME',
    'LD_PRELOAD',
    'LC_ALL',
    'WINEPREFIX',
    'ENV',
    '_',
    'REBATCH_X',
  ];
  for (const name of taken)
    expect(markedForWindows({ [name]: '1' })).toEqual({ [`REBATCH_ENV_${name}`]: '1' });
});

test('all others come as they are', () => {
  const env = { STUDIO: 'north', OSS_ENDPOINT: 'x', PATHS: '1', MYTEMP: '2', 'ProgramFiles(x86)': '3' };
  expect(markedForWindows(env)).toEqual(env);
});
