import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { json } from '../testing/sound.ts'

const tokens = (Timestamp: string) => json({ SyncTokens: { DeclarationsToken: 'd1', Timestamp } })

it('finds what toISOString writes, and says what to write', () => {
  expect(problems(tokens('2026-05-19T10:00:00.123Z'))).toMatchObject([
    { code: 'timestamp-fraction', at: '/SyncTokens/Timestamp', remedy: 'write 2026-05-19T10:00:00Z' },
  ])
})

it('takes whole seconds, also with an offset', () => {
  expect(codes(tokens('2026-05-19T10:00:00Z'))).toEqual([])
  expect(codes(tokens('2026-05-19T10:00:00+02:00'))).toEqual([])
})
