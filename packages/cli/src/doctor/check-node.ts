import type { Finding } from './check.ts';

/** Node runs TypeScript by itself from 24 on; the launcher sees to it. */
export async function checkNode(): Promise<Finding[]> {
  const [major = 0] = process.versions.node.split('.').map(Number);
  const detail = `Node ${process.versions.node}`;
  if (major >= 24) return [{ what: 'node', status: 'ok', detail }];
  return [{ what: 'node', status: 'missing', detail: `${detail} is too old`, fix: 'npm ci' }];
}
