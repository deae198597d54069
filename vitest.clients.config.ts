import { defineConfig } from 'vitest/config'

/** Programs of others against the server. They have to be installed: see `.ci/run`. */
export default defineConfig({
  test: {
    include: ['tests/clients/*.clients.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
