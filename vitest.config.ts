import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,apps}/*/src/**/*.test.ts', 'tests/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.soak.test.ts', '**/*.clients.test.ts'],
    globalSetup: ['tests/harness/one-postgres.ts', 'tests/clients/left-out.ts'],
    // By itself Vitest leaves one processor of two idle.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
