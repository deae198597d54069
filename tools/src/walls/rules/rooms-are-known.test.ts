import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { roomsAreKnown } from './rooms-are-known.ts'

it('refuses a package that the table does not name', () => {
  expect(said(roomsAreKnown, { 'packages/attic/src/index.ts': '' })).toEqual([
    expect.stringMatching(/^packages\/attic:1 .*no room of the house/),
  ])
})

it('does not miss rooms that are not built yet', () => {
  expect(said(roomsAreKnown, { 'packages/core/src/index.ts': '' })).toEqual([])
})
