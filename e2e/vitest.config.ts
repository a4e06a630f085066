import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['tests/**/*.test.ts'],
    globalSetup: ['support/global-setup.ts'],
    // Each test starts its own server and containers; two at a time is what two cores can take.
    maxWorkers: 2,
    // Only there so that a hang ends: no test passes or fails by the clock, and machines can be busy.
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
