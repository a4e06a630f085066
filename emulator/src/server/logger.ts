import { type LogFormat, LOG_LEVELS, type LogLevel } from './serve-options.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** One line per event. Fields never carry secrets. */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
}

/** Lines like `2026-01-02T03:04:05.678Z info listening api=http://127.0.0.1:8700`, or the same as JSON objects. */
export function createLogger(
  level: LogLevel,
  write: (line: string) => void,
  now: () => number = Date.now,
  format: LogFormat = 'text',
): Logger {
  const log =
    (name: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (LOG_LEVELS.indexOf(name) > LOG_LEVELS.indexOf(level)) return;
      const time = new Date(now()).toISOString();
      if (format === 'json') {
        write(`${JSON.stringify({ time, level: name, event: message, ...fields })}\n`);
        return;
      }
      const pairs = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => ` ${key}=${quoteIfNeeded(String(value))}`);
      write(`${time} ${name} ${message}${pairs.join('')}\n`);
    };
  return { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') };
}

/** Quoted text has its line ends escaped, so that one event stays one line. */
function quoteIfNeeded(text: string): string {
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}
