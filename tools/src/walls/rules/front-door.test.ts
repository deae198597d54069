import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { frontDoor } from './front-door.ts'

it('refuses a relative path into another room', () => {
  expect(said(frontDoor, { 'packages/core/src/a.ts': "import { x } from '../../protocol/src/x.ts'" })).toEqual([
    expect.stringMatching(/^packages\/core\/src\/a.ts:1 .*climbs out of packages\/core/),
  ])
})

it('refuses a path behind the name of a room', () => {
  expect(said(frontDoor, { 'packages/core/src/a.ts': "import { x } from '@edict/protocol/src/x.ts'" })).toEqual([
    expect.stringContaining('Enter protocol by its front door'),
  ])
})

it('lets a room be entered by its name, and files of one room know each other', () => {
  const text = "import { x } from '@edict/protocol'\nimport { y } from './b/y.ts'\nimport { z } from '../z.ts'"
  expect(said(frontDoor, { 'packages/core/src/c/a.ts': text })).toEqual([])
})

it('lets only tests, benches and tools in by the entry for what a room lends to tests', () => {
  const text = "import { startPostgres } from '@edict/store/testing'"
  for (const path of ['tests/harness/a.ts', 'bench/src/a.ts', 'tools/src/a.ts']) {
    expect(said(frontDoor, { [path]: text })).toEqual([])
  }
  expect(said(frontDoor, { 'apps/server/src/a.ts': text })).toEqual([
    expect.stringContaining('Enter store by its front door'),
  ])
})
