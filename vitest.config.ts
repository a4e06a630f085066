import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: false,
    // Half of the processor time went into loading the same modules for every file again. Files share a process, so a
    // test leaves no variable of the process or of a module behind.
    isolate: false,
    setupFiles: [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))],
    // Only there so that a hang ends: no test passes or fails by the clock, and machines can be busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A second by default, which a busy machine takes for nothing; what hangs ends at the test's own timeout.
    expect: { poll: { timeout: 120_000 } },
  },
});
