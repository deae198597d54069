import { describe, expect, it } from 'vitest'
import { said } from '../planted.ts'
import { rooms } from '../rooms.ts'
import { mayImportOnly } from './may-import-only.ts'

describe('a room', () => {
  it('may not import a room that the table does not give it', () => {
    expect(said(mayImportOnly, { 'packages/core/src/a.ts': "import { open } from '@edict/store'" })).toEqual([
      expect.stringMatching(
        /^packages\/core\/src\/a.ts:1 core .* may not know store .*Take what you need as an argument/,
      ),
    ])
  })

  it('may not know even the types of such a room', () => {
    const files = {
      'packages/device/src/a.ts': "import type { Plan } from '@edict/core'",
      'packages/device/src/b.ts': "export type Plan = import('@edict/core').Plan",
      'packages/device/src/c.ts': "export type { Plan } from '@edict/core'",
      'packages/device/src/d.ts': "import { type Plan } from '@edict/core'",
      'packages/device/src/e.test.ts': "import type { Plan } from '@edict/core'",
    }
    expect(said(mayImportOnly, files)).toHaveLength(5)
  })

  it('may import what the table gives it', () => {
    expect(said(mayImportOnly, { 'packages/core/src/a.ts': "import { parse } from '@edict/predicate'" })).toEqual([])
  })

  it('does not import itself by name', () => {
    expect(said(mayImportOnly, { 'packages/core/src/a.ts': "import { plan } from '@edict/core'" })).toEqual([
      expect.stringContaining('already at home'),
    ])
  })

  it('does not hide where an import leads', () => {
    expect(said(mayImportOnly, { 'apps/cli/src/a.ts': 'export const load = (name: string) => import(name)' })).toEqual([
      expect.stringContaining('Nobody can see where import(name) leads'),
    ])
  })
})

describe('the command line', () => {
  it('loads the server with import()', () => {
    expect(said(mayImportOnly, { 'apps/cli/src/a.ts': "const { serve } = await import('@edict/server')" })).toEqual([])
  })

  it('does not import the server at its start', () => {
    expect(said(mayImportOnly, { 'apps/cli/src/a.ts': "import { serve } from '@edict/server'" })).toEqual([
      expect.stringContaining("await import('@edict/server')"),
    ])
  })

  it('does not name the types of what it loads', () => {
    expect(said(mayImportOnly, { 'apps/cli/src/a.ts': "import type { Config } from '@edict/server'" })).toHaveLength(1)
  })

  it('does not load what the table does not name', () => {
    expect(said(mayImportOnly, { 'apps/cli/src/a.ts': "const { open } = await import('@edict/store')" })).toEqual([
      expect.stringContaining('may not know store'),
    ])
  })
})

it('names only rooms that exist in the table, and no two rooms that know each other', () => {
  const knows = new Map(rooms.map((room) => [room.name, room.mayImport === 'everything' ? [] : room.mayImport]))
  const below = (name: string): readonly string[] => (knows.get(name) ?? []).flatMap((next) => [next, ...below(next)])
  for (const [name, allowed] of knows) {
    for (const other of allowed) expect([...knows.keys()]).toContain(other)
    expect(below(name)).not.toContain(name)
  }
})
