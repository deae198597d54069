import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { noCycles } from './no-cycles.ts'

it('finds two files that import each other, and tells the circle once', () => {
  const files = {
    'packages/core/src/a.ts': "import { b } from './b.ts'",
    'packages/core/src/b.ts': "import { a } from './a.ts'",
  }
  expect(said(noCycles, files)).toEqual([
    'packages/core/src/b.ts:1 These files go round in a circle: packages/core/src/a.ts → packages/core/src/b.ts → ' +
      'packages/core/src/a.ts. Move what two of them need into a third file named after it',
  ])
})

it('finds a circle of types', () => {
  const files = {
    'packages/core/src/a.ts': "import type { B } from './b.ts'",
    'packages/core/src/b.ts': "export * from './c/c.ts'",
    'packages/core/src/c/c.ts': "export type A = import('../a.ts').A",
  }
  expect(said(noCycles, files)).toHaveLength(1)
})

it('finds a circle through the front doors of two rooms', () => {
  const files = {
    'packages/core/src/index.ts': "import { s } from '@edict/store'",
    'packages/store/src/index.ts': "import { c } from '@edict/core'",
  }
  expect(said(noCycles, files)).toHaveLength(1)
})

it('lets two files need the same third', () => {
  const files = {
    'packages/core/src/a.ts': "import { b } from './b.ts'\nimport { c } from './c.ts'",
    'packages/core/src/b.ts': "import { c } from './c.ts'",
    'packages/core/src/c.ts': '',
  }
  expect(said(noCycles, files)).toEqual([])
})
