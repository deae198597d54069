import { defineConfig } from 'vitest/config'

/** Milliseconds that a test waits for a fact. */
const PATIENCE = 240_000

export default defineConfig({
  test: {
    include: ['{packages,apps}/*/src/**/*.soak.test.ts', 'tests/**/*.soak.test.ts', 'tests/stories/*.test.ts'],
    env: { EDICT_STORIES: 'over TLS', EDICT_TEST_PATIENCE: String(PATIENCE) },
    testTimeout: 900_000,
    expect: { poll: { timeout: PATIENCE, interval: 10 } },
    hookTimeout: 300_000,
    // Two processors, and each file mostly waits: for a server to start, a lease to end, the other one.
    maxWorkers: 2,
  },
})
