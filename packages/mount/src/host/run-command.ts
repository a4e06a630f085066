import { spawn } from 'node:child_process';

/**
 * Runs a program of this host, without a shell. `inherit`: a descriptor that it gets as number 3.
 * @throws Error with what it said when it does not end with 0
 */
export function runCommand(program: string, args: string[], inherit?: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe', ...(inherit === undefined ? [] : [inherit])],
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(0, 2000);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(said.trim() || `${program} ended with ${code ?? signal}`));
    });
  });
}
