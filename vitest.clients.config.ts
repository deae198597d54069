import { defineConfig } from 'vitest/config'

/** Programs of others against the server. Those that are not installed are left out: see `.ci/run`. */
export default defineConfig({
  test: {
    include: ['tests/clients/*.clients.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
