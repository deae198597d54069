import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { nobodyImportsATest } from './nobody-imports-a-test.ts'

it('refuses an import of a test file, from a test too', () => {
  const files = {
    'packages/core/src/a.ts': "import { sample } from './b.test.ts'",
    'packages/core/src/a.test.ts': "import { sample } from './b.test.ts'",
    'packages/core/src/b.test.ts': 'export const sample = 1',
  }
  expect(said(nobodyImportsATest, files)).toEqual([
    expect.stringMatching(/^packages\/core\/src\/a.test.ts:1 .*runs only in tests/),
    expect.stringMatching(/^packages\/core\/src\/a.ts:1 .*runs only in tests/),
  ])
})

it('refuses an import of the stories, and of a file that needs vitest', () => {
  const files = {
    'apps/server/src/a.ts': "import { story } from '@edict/tests'",
    'packages/store/src/index.ts': "export { contract } from './contract.ts'",
    'packages/store/src/contract.ts': "import { it } from 'vitest'",
  }
  expect(said(nobodyImportsATest, files)).toHaveLength(2)
})

it('lets tests share files that are no tests themselves', () => {
  const files = {
    'packages/store/src/a.test.ts': "import { contract } from './contract.ts'",
    'packages/store/src/contract.ts': "import { it } from 'vitest'",
  }
  expect(said(nobodyImportsATest, files)).toEqual([])
})
