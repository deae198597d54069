import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { namedExports } from './named-exports.ts'

it.each([
  'export default 1',
  'export default function f() {}',
  'export default class A {}',
  'const a = 1\nexport { a as default }',
])('refuses %s', (text) => {
  expect(said(namedExports, { 'packages/core/src/a.ts': text })).toEqual([expect.stringContaining('Export it by name')])
})

it('wants the names listed in an index.ts', () => {
  expect(said(namedExports, { 'packages/core/src/index.ts': "export * from './a.ts'" })).toEqual([
    expect.stringContaining('table of contents'),
  ])
})

it('allows named exports, default clauses, and the configuration of tools', () => {
  const files = {
    'packages/core/src/a.ts': 'export const a = (x: number) => { switch (x) { default: return 1 } }',
    'packages/core/src/index.ts': "export { a } from './a.ts'",
    'apps/server/vite.config.ts': 'export default {}',
  }
  expect(said(namedExports, files)).toEqual([])
})
