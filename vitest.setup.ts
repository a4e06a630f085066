import { vi } from 'vitest';

// vi gives up waiting after a second, which a busy machine takes for nothing; what hangs ends at the test's own timeout.
const PATIENCE = { timeout: 120_000 };

const { waitFor, waitUntil } = vi;
vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));

function patient(options: number | { timeout?: number; interval?: number } | undefined) {
  return typeof options === 'number' ? options : { ...PATIENCE, ...options };
}
