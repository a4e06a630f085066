import { registerHooks } from 'node:module';
import type Docker from 'dockerode';

/** Stands for what is left out; it exports nothing. */
const NOTHING = new URL('nothing.cjs', import.meta.url).href;

/** Of dockerode's sessions with BuildKit, which nobody here opens, and of its way over SSH: 2 MB of code together. */
const BUILD_SESSIONS = ['@grpc/grpc-js', '@grpc/proto-loader'];
const SSH = 'ssh2';

/**
 * dockerode, without the parts that the server never calls: they took 5 MB of an idle server's memory. `DOCKER_HOST=ssh://…`
 * brings the client for SSH along.
 */
export async function loadDockerode(
  env: Readonly<Record<string, string | undefined>>,
): Promise<typeof Docker> {
  const overSsh = env['DOCKER_HOST']?.startsWith('ssh:') === true;
  const leftOut = new Set(overSsh ? BUILD_SESSIONS : [...BUILD_SESSIONS, SSH]);
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      return leftOut.has(specifier)
        ? { url: NOTHING, format: 'commonjs', shortCircuit: true }
        : next(specifier, context);
    },
  });
  try {
    return (await import('dockerode')).default;
  } finally {
    hooks.deregister();
  }
}
