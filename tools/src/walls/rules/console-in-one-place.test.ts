import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { consoleInOnePlace } from './console-in-one-place.ts'

const text = "console.log('here')"

it.each(['packages/core/src/a.ts', 'apps/server/src/a.ts', 'apps/cli/src/a.ts', 'tests/a.test.ts'])(
  'refuses it in %s',
  (path) => {
    expect(said(consoleInOnePlace, { [path]: text })).toEqual([
      expect.stringContaining('belongs to apps/cli/src/output.ts'),
    ])
  },
)

it.each(['apps/cli/src/output.ts', 'tools/src/a.ts', 'bench/src/a.ts'])('allows it in %s', (path) => {
  expect(said(consoleInOnePlace, { [path]: text })).toEqual([])
})
