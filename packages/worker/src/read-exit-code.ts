import { LogFile } from './log/log-file.ts';

const LONGEST = 16;

/** The exit code that the sandbox noted in `file`; undefined when it noted none. */
export async function readExitCode(file: string): Promise<number | undefined> {
  const noted = new LogFile(file);
  try {
    const text = Buffer.from(await noted.read(0, LONGEST)).toString('latin1');
    const match = /^(\d{1,3}|-?\d{1,10})\n/.exec(text);
    return match?.[1] === undefined ? undefined : Number(match[1]);
  } finally {
    await noted.close();
  }
}
