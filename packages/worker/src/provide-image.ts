import type { AttemptSpec } from './attempt.ts';
import type { AttemptDeps } from './attempt-deps.ts';

/**
 * The name by which the engine has the attempt's image. A process of a machine needs none of its own. Rejects at once when
 * the signal is aborted; others may wait for the same image, so it comes all the same.
 */
export async function provideImage(
  spec: AttemptSpec,
  { images, emit }: Pick<AttemptDeps, 'images' | 'emit'>,
  signal: AbortSignal,
): Promise<string> {
  if (images === undefined || (spec.nodeId !== undefined && spec.contract === 'vm')) return spec.image;
  signal.throwIfAborted();
  const cut = Promise.withResolvers<never>();
  const abort = (): void => cut.reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    const tell = (what: string): void => emit({ type: 'preparing', attemptId: spec.id, what });
    return await Promise.race([images.provide(spec, tell), cut.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
