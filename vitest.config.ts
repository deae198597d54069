import { defineConfig } from 'vitest/config'

/** Rooms whose tests change nothing outside of them: their files may share what they import, which saves most of their time. */
const rooms = '{packages/*,apps/{cli,server},tools}'

const left = ['**/node_modules/**', '**/*.soak.test.ts', '**/*.clients.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['tests/harness/one-postgres.ts', 'tests/clients/left-out.ts'],
    // Of three that mostly wait for a fact, two are busy. By itself Vitest would leave one of two processors idle.
    maxWorkers: 3,
    testTimeout: 60_000,
    // As patient as `eventually`: who waits for a fact loses nothing when it comes early.
    expect: { poll: { timeout: 45_000, interval: 10 } },
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'rooms', isolate: false, include: [`${rooms}/src/**/*.test.ts`], exclude: left } },
      {
        extends: true,
        test: {
          name: 'doors',
          setupFiles: ['tests/harness/late.ts'],
          include: ['apps/simulator/src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: left,
        },
      },
    ],
  },
})
