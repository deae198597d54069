import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** The usual run, of one test that fails: `tests/proofs/failing.test.ts` looks at how that ends. */
export default defineConfig({
  test: { ...base.test, projects: [{ extends: true, test: { include: ['tests/harness/*.planted.ts'] } }] },
})
