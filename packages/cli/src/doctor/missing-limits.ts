import type { Finding } from './check.ts';

/** What `docker info --format` shall tell. */
export const LIMITS_FORMAT = '{{.MemoryLimit}} {{.PidsLimit}}';

/**
 * A note when the daemon cannot limit its containers. It starts them all the same then, where a cgroup controller is missing.
 * `info`: what `docker info` said to `LIMITS_FORMAT`; "" when it said nothing.
 */
export function missingLimits(info: string): Finding[] {
  const [memory, processes] = info.split(' ');
  const missing = [
    ...(memory === 'false' ? ['memory'] : []),
    ...(processes === 'false' ? ['processes'] : []),
  ];
  if (missing.length === 0) return [];
  return [
    {
      what: 'docker limits',
      status: 'note',
      detail: `Docker cannot limit ${missing.join(' and ')} of programs: one of them can take this machine down`,
      fix: 'docker info warns of the cgroup controllers that are missing; the kernel command line or the mount of /sys/fs/cgroup turns them on',
    },
  ];
}
