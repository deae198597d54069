import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'
import { json } from '../testing/sound.ts'

const tokens = (Timestamp: string) => json({ SyncTokens: { DeclarationsToken: 'd1', Timestamp } })

it('finds what is no time, or has no zone', () => {
  for (const text of [
    '2026-05-19T…',
    '2026-05-19 10:00:00',
    '2026-05-19T10:00:00',
    '2026-13-01T00:00:00Z',
    '1779184800',
  ]) {
    expect(codes(tokens(text)), text).toEqual(['timestamp-malformed'])
  }
})

it('takes a time; that it has a fraction is told elsewhere', () => {
  expect(codes(tokens('2026-05-19T10:00:00Z'))).toEqual([])
  expect(codes(tokens('2026-05-19T10:00:00.5Z'))).toEqual(['timestamp-fraction'])
})
