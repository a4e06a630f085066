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
  let refusal: string | undefined;
  await new Promise<void>((resolve, reject) => {
    const finished = (error: Error | null): void => (error === null ? resolve() : reject(error));
    docker.modem.followProgress(stream, finished, (event: unknown) => {
      const told = readEvent(event);
      if (typeof told === 'string') refusal = told;
      if (typeof told !== 'object') return;
      layers.set(told.layer, told);
      progress(sum(layers.values()));
    });
  });
  // The stream ends well even when the pull did not.
  if (refusal !== undefined) throw new PullError(refusal);
}

/** Bytes of a layer that came, or why there will be none. */
function readEvent(event: unknown): (PullProgress & { layer: string }) | string | undefined {
  const { error, id, status, progressDetail } = fieldsOf(event);
  if (typeof error === 'string') return error;
  if (typeof id !== 'string' || status !== 'Downloading') return undefined;
  const { current, total } = fieldsOf(progressDetail);
  return typeof current === 'number' && typeof total === 'number' ? { layer: id, current, total } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function sum(layers: Iterable<PullProgress>): PullProgress {
  let [current, total] = [0, 0];
  for (const layer of layers) {
    current += layer.current;
    total += layer.total;
  }
  return { current, total };
}
