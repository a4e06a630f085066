import type Docker from 'dockerode';

/** What to tell a registry; the engine's own word for it. */
export interface RegistryAuth {
  username?: string;
  password?: string;
  auth?: string;
  identitytoken?: string;
  serveraddress?: string;
}

/** How far a pull has come. Layers that are there already do not count. */
export interface PullProgress {
  /** Bytes, compressed. */
  current: number;
  total: number;
}

/** Thrown for what a registry, or the engine on the way to it, said: the message is theirs. */
export class PullError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PullError';
  }
}

/** Has the engine pull an image. @throws PullError, or what the client throws when the engine refuses or is not reached */
export async function pullImage(
  docker: Docker,
  reference: string,
  auth: RegistryAuth | undefined,
  progress: (progress: PullProgress) => void,
): Promise<void> {
  const stream = await docker.pull(reference, auth === undefined ? {} : { authconfig: auth });
  const layers = new Map<string, PullProgress>();
  await new Promise<void>((resolve, reject) => {
    const finished = (error: Error | null): void => {
      if (error === null) resolve();
      else reject(isNetworkError(error) ? error : new PullError(error.message, { cause: error }));
    };
    docker.modem.followProgress(stream, finished, (event: unknown) => {
      if (note(layers, event)) progress(sum(layers));
    });
  });
}

/** The connection to the engine broke: nobody said no. */
function isNetworkError(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string';
}

/** True when the event tells of bytes that came. */
function note(layers: Map<string, PullProgress>, event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false;
  const { id, status, progressDetail } = Object.assign(Object.create(null), event);
  if (typeof id !== 'string' || status !== 'Downloading') return false;
  const { current, total } = Object.assign(Object.create(null), progressDetail);
  if (typeof current !== 'number' || typeof total !== 'number') return false;
  layers.set(id, { current, total });
  return true;
}

function sum(layers: ReadonlyMap<string, PullProgress>): PullProgress {
  let [current, total] = [0, 0];
  for (const layer of layers.values()) {
    current += layer.current;
    total += layer.total;
  }
  return { current, total };
}
