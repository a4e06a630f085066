import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareDataFolder } from './data-folder.ts';
import { lockDataFolder } from './data-lock.ts';
import { readServerFile, removeServerFile, writeServerFile } from './server-file.ts';
import { StartError } from './start-error.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

const SERVER = { api: 'http://127.0.0.1:1', oss: 'http://127.0.0.1:2', pid: 42, region: 'local' };

describe('The data folder', () => {
  it('is made for its owner only', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    prepareDataFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    prepareDataFolder(folder);
  });

  it('is refused in one line when it is a file, or below one', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')]) {
      expect(() => prepareDataFolder(path)).toThrow(
        new StartError(`cannot use the data folder ${path}: it is not a folder`),
      );
    }
  });

  it('belongs to one server at a time, and says to which', () => {
    const folder = temporaryFolder();
    const lock = lockDataFolder(folder);
    writeServerFile(folder, SERVER);
    expect(() => lockDataFolder(folder)).toThrow(
      new StartError(`the data folder ${folder} is in use by the server with pid 42 (http://127.0.0.1:1)`),
    );
    lock.release();
    lockDataFolder(folder).release();
  });

  it('tells tools where its server is, until that stops', () => {
    const folder = temporaryFolder();
    expect(readServerFile(folder)).toBeUndefined();
    writeServerFile(folder, SERVER);
    expect(readServerFile(folder)).toEqual(SERVER);
    removeServerFile(folder);
    expect(readServerFile(folder)).toBeUndefined();
  });

  it('may hold rubbish where the server file should be', () => {
    const folder = temporaryFolder();
    for (const content of ['', 'null', '[]', '{"api":1}']) {
      writeFileSync(join(folder, 'server.json'), content);
      expect(readServerFile(folder)).toBeUndefined();
    }
  });
});
