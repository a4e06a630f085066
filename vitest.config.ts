import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: false,
    // Only there so that a hang ends: no test passes or fails by the clock, and machines can be busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
