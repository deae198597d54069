import { defineConfig } from 'vitest/config'

/** Rooms whose tests keep nothing and start nothing: their files may share what they import, which saves most of their time. */
const pure = '{packages/{predicate,protocol,catalogue,core,api},tools}'

const left = ['**/node_modules/**', '**/*.soak.test.ts', '**/*.clients.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['tests/harness/one-postgres.ts', 'tests/clients/left-out.ts'],
    // Of three that mostly wait for a fact, two are busy. By itself Vitest would leave one of two processors idle.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'pure', isolate: false, include: [`${pure}/src/**/*.test.ts`], exclude: left } },
      {
        extends: true,
        test: {
          name: 'edges',
          include: ['{packages,apps}/*/src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...left, `${pure}/**`],
        },
      },
    ],
  },
})
