import { execFile } from 'node:child_process';

export interface RunResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end and gives back all it said; never throws for an exit code. */
export function run(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 64 << 20, ...options }, (error, stdout, stderr) => {
      if (error && typeof error.code === 'string') reject(error);
      else resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
    });
  });
}

/** Like {@link run}, but a non-zero exit is an error that shows what the program said. */
export async function runOk(...args: Parameters<typeof run>): Promise<string> {
  const result = await run(...args);
  if (result.code !== 0) {
    throw new Error(
      `${args[0]} ${args[1].join(' ')} exited ${result.code}\n${result.stdout}${result.stderr}`,
    );
  }
  return result.stdout;
}
