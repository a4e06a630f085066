/** Where the Docker daemon is looked for: the given socket, else DOCKER_HOST, else the usual socket. */
export function daemonAddress(socketPath: string | undefined, env: NodeJS.ProcessEnv): string {
  return socketPath ?? env['DOCKER_HOST'] ?? '/var/run/docker.sock';
}

/** One sentence for people: what is wrong with the daemon, and what to do. */
export function unreachableReason(address: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES') {
    return `This user may not use the Docker daemon at ${address}: add it to the group "docker", or run as root.`;
  }
  const detail = error instanceof Error ? error.message : String(error);
  return `The Docker daemon does not answer at ${address} (${detail}). Start it, for instance with "systemctl start docker"; work goes on by itself then.`;
}
