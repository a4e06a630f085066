import { randomBytes } from 'node:crypto';

/** A name for one run's folder, `island-20261125-104312-3f9a`: readable, in order of time, and never the same twice. */
export function stamped(name: string, now: Date = new Date()): string {
  const time = now.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${asName(name)}-${time}-${randomBytes(2).toString('hex')}`;
}

/** Makes text fit for job and folder names: letters, digits, `_` and `-`, no digit first (spec/batchcompute-api.md §6). */
export function asName(text: string): string {
  const name = text
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return /^[A-Za-z_]/.test(name) ? name : `job-${name}`.replace(/-$/, '');
}
