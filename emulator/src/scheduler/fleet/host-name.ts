/**
 * Names for new machines that no other of the cluster has: the group's HostnamePrefix, else its name, and a number, the
 * lowest free one first.
 */
export function* hostNames(
  prefix: string | undefined,
  group: string,
  taken: ReadonlySet<string>,
): Generator<string, never> {
  const stem = prefix ?? `${group.replaceAll('_', '-').replace(/^-+/, '') || 'node'}-`;
  for (let n = 1; ; n++) {
    const name = `${stem.slice(0, 50)}${String(n).padStart(3, '0')}`;
    if (!taken.has(name)) yield name;
  }
}
