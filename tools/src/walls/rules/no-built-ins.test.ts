import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { noBuiltIns } from './no-built-ins.ts'

it('keeps Node out of the pure rooms, with the prefix or without', () => {
  const text = "import { readFileSync } from 'node:fs'\nimport { join } from 'path'"
  for (const room of ['predicate', 'protocol', 'catalogue', 'core'])
    expect(said(noBuiltIns, { [`packages/${room}/src/a.ts`]: text })).toEqual([
      expect.stringContaining('cannot use node:fs'),
      expect.stringContaining('cannot use node:path'),
    ])
})

it('lets them hash, and do nothing else with node:crypto', () => {
  const files = {
    'packages/core/src/a.ts': "import { createHash, hash, type Hash } from 'node:crypto'",
    'packages/core/src/b.ts': "import { randomUUID } from 'node:crypto'",
    'packages/core/src/c.ts': "import * as crypto from 'node:crypto'",
  }
  expect(said(noBuiltIns, files)).toEqual([
    expect.stringMatching(/b.ts:1 .*not randomUUID/),
    expect.stringMatching(/c.ts:1 .*not \*/),
  ])
})

it('lets their tests read vectors, and other rooms do their work', () => {
  const text = "import { readFileSync } from 'node:fs'"
  expect(said(noBuiltIns, { 'packages/core/src/a.test.ts': text, 'packages/store/src/a.ts': text })).toEqual([])
})
