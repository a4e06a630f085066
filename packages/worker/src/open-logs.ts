import { join } from 'node:path';
import type { AttemptSpec } from './attempt.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import { AttemptFailure } from './attempt-failure.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import { type LogPump, startLogPump } from './log/log-pump.ts';
import { LogStream } from './log/log-stream.ts';
import { ProgressMeter } from './log/progress-meter.ts';
import { isPrefix, parseOssUrl } from './oss-url.ts';
import { STDERR_FILE, STDOUT_FILE } from './sandbox/program-script.ts';

/**
 * Starts streaming stdout and stderr to their objects, as far as the job wants them.
 * @throws AttemptFailure InvalidStdoutRedirectPath, InvalidStderrRedirectPath
 */
export async function openLogs(
  spec: AttemptSpec,
  folder: AttemptFolder,
  deps: AttemptDeps,
): Promise<LogPump> {
  const streams = new Map<string, LogStream>();
  const wanted = [
    { file: STDOUT_FILE, url: spec.stdoutUrl, parameter: 'StdoutRedirectPath' },
    { file: STDERR_FILE, url: spec.stderrUrl, parameter: 'StderrRedirectPath' },
  ];
  for (const { file, url, parameter } of wanted) {
    if (url === undefined) continue;
    const object = parseOssUrl(url);
    if (object === undefined || isPrefix(object)) {
      const message = `Specified parameter ${parameter} is not valid. "${url}" is no oss:// URL of an object.`;
      throw new AttemptFailure(`Invalid${parameter}`, message);
    }
    const meter = new ProgressMeter((percent) =>
      deps.emit({ type: 'progress', attemptId: spec.id, percent }),
    );
    const stream = new LogStream({
      objects: deps.objects,
      url: object,
      owner: { attemptId: spec.id, attempt: spec.attempt },
      file: join(folder.logs, file),
      ...(file === STDOUT_FILE ? { listener: (bytes: Uint8Array) => meter.take(bytes) } : {}),
    });
    // A first attempt finds no log of an earlier try, and its own by the position when it is adopted.
    if (spec.attempt > 0) await stream.open();
    streams.set(file, stream);
  }
  return startLogPump(folder.logs, streams, deps.clock);
}
