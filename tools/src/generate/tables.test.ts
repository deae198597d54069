import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plant } from './planted-schema.ts'
import { readDeclarations } from './read-declarations.ts'
import { readCheckIns, readCommands } from './read-messages.ts'
import { readReasons } from './read-reasons.ts'
import { readStatusItems, shapeOf } from './read-status-items.ts'
import { tables } from './tables.ts'

let schema: string
beforeAll(() => {
  schema = mkdtempSync(join(tmpdir(), 'edict-schema-'))
  plant(schema)
})
afterAll(() => rmSync(schema, { recursive: true }))

const declaration = (type: string) => readDeclarations(schema).find(({ facts }) => facts.type === type)

describe('reading a schema', () => {
  it('a declaration keeps empty lists, drops absent platforms and finds its assets', () => {
    expect(declaration('com.apple.configuration.tree')?.facts).toEqual({
      type: 'com.apple.configuration.tree',
      kind: 'configuration',
      apply: 'multiple',
      availability: {
        iOS: { introduced: '17.0', enrollments: ['supervised', 'device'], scopes: ['system'], sharedIPadScopes: [] },
      },
      assets: [{ path: ['Branches', '*', 'Leaf'], assetTypes: ['com.apple.asset.data'] }],
    })
  })

  it('an alias inside its own anchor becomes a table that contains itself', () => {
    const branch = declaration('com.apple.configuration.tree')?.payload.keys?.Branches?.item
    expect(branch?.keys?.Branches?.item).toBe(branch)
    expect(branch?.keys?.Leaf?.availability).toEqual({ iOS: { introduced: '18.0' }, macOS: 'n/a' })
  })

  it('examples may be a mapping or a list, and are not looked at', () => {
    expect(declaration('com.apple.activation.simple')?.facts.configurations).toEqual([['StandardConfigurations', '*']])
    expect(declaration('com.apple.asset.data')?.payload.keys?.Reference).toEqual({
      type: 'dictionary',
      presence: 'required',
    })
  })

  it('ANY is what every other key holds', () => {
    expect(declaration('com.apple.management.properties')?.payload).toEqual({
      type: 'dictionary',
      others: { type: 'any', presence: 'optional' },
    })
  })

  it('a status item is known by its identifier, and a file without one is no item', () => {
    expect(readStatusItems(schema).map(shapeOf)).toEqual([
      {
        name: 'tree.list',
        type: 'array',
        identified: true,
        availability: { iOS: { introduced: '15.0' }, macOS: { introduced: '13.0' } },
      },
    ])
  })

  it('a command has its requirements by platform, and keys only in what comes back', () => {
    expect(readCommands(schema)).toEqual([
      {
        name: 'Water',
        availability: {
          iOS: { introduced: '15.0', supervised: true, accessRight: 'None', userEnrollment: 'forbidden' },
          macOS: { introduced: '27.0', deprecated: '27.1', deviceChannel: true, userChannel: false },
        },
        request: { type: 'dictionary', keys: {} },
        response: { type: 'dictionary', keys: { Litres: { type: 'number', presence: 'required' } } },
      },
    ])
    expect(readCheckIns(schema).map(({ name }) => name)).toEqual(['Hello'])
  })

  it('a reason that is said in two places has the details of both', () => {
    expect(readReasons(schema)).toEqual([
      {
        code: 'Error.Broken',
        saidIn: ['declarations', 'tree.list'],
        details: [
          { key: 'Error', type: 'string' },
          { key: 'Time', type: 'string', timestamp: true },
        ],
      },
    ])
  })

  it('writes a table that contains itself with a pointer to its first place', () => {
    expect(tables(schema).get('declaration-payloads.ts')).toContain('{"$same":["keys","Branches","item"]}')
  })
})
