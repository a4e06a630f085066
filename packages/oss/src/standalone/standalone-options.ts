import { parseArgs } from 'node:util';
import { resolve } from 'node:path';

export interface StandaloneOptions {
  dataFolder: string;
  host: string;
  /** 0: any free port. */
  port: number;
  region: string;
  accessKey?: { id: string; secret: string };
}

export const STANDALONE_USAGE = `Usage: rebatch-oss --data DIR [--host 127.0.0.1] [--port 8701] [--region local]

An OSS-compatible object store of its own, without the batch system.

The key: REBATCH_ACCESS_KEY_ID and REBATCH_ACCESS_KEY_SECRET; else one that is made at first start and kept
in DIR/credentials.json. When it is ready, one line of JSON is printed: {"ready":true,"oss":"http://…"}.
SIGTERM and SIGINT end it.
`;

/** Thrown when the command line asks for what there is not; the message is one line. */
export class StandaloneUsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StandaloneUsageError';
  }
}

/** @throws StandaloneUsageError */
export function parseStandaloneOptions(argv: string[], env: NodeJS.ProcessEnv): StandaloneOptions | 'help' {
  const { values } = read(argv);
  if (values.help === true) return 'help';
  if (values.data === undefined || values.data === '')
    throw new StandaloneUsageError('--data DIR is missing');
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new StandaloneUsageError(`--port must be 0 to 65535, not "${values.port}"`);
  const { REBATCH_ACCESS_KEY_ID: id = '', REBATCH_ACCESS_KEY_SECRET: secret = '' } = env;
  if ((id === '') !== (secret === '')) {
    throw new StandaloneUsageError('REBATCH_ACCESS_KEY_ID and REBATCH_ACCESS_KEY_SECRET go together');
  }
  return {
    dataFolder: resolve(values.data),
    host: values.host,
    port,
    region: values.region,
    ...(id === '' ? {} : { accessKey: { id, secret } }),
  };
}

function read(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        data: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8701' },
        region: { type: 'string', default: 'local' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new StandaloneUsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
