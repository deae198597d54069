import { describe, expect, it } from 'vitest'
import { codeOf } from '../testing/code-of.ts'
import { createChallenge, hashChallenge, judgeChallenge, maximumChallengeLifetime } from './challenge.ts'

const now = Date.UTC(2026, 5, 15)
const key = Buffer.from('the key of the device')
const otherKey = Buffer.from('the key of a thief')

describe('a challenge', () => {
  const { secret, challenge } = createChallenge('enrollment-1', now)

  it('is kept as a hash, for one enrollment, and an hour at most', () => {
    expect(JSON.stringify(challenge)).not.toContain(secret)
    expect(challenge).toEqual({ hash: hashChallenge(secret), enrollment: 'enrollment-1', expiresAt: now + 3_600_000 })
    expect(Buffer.from(secret, 'base64url').length * 8).toBeGreaterThanOrEqual(128)
    for (const lifetime of [maximumChallengeLifetime + 1, 0, -1, Number.NaN]) {
      expect(codeOf(() => createChallenge('enrollment-1', now, lifetime))).toBe('challenge-lifetime')
    }
  })

  it('belongs to the first key that shows it', () => {
    const first = judgeChallenge(challenge, { secret, publicKeyInfo: key, now })
    if (first.kind !== 'issue') return expect.unreachable()
    expect(first.challenge.enrollment).toBe('enrollment-1')
    const thief = judgeChallenge(first.challenge, { secret, publicKeyInfo: otherKey, now })
    expect(thief).toEqual({ kind: 'refuse', reason: 'used' })
    expect(judgeChallenge(first.challenge, { secret, publicKeyInfo: key, now })).toMatchObject({ kind: 'repeat' })
  })

  it('may be repeated by its owner for a day, for answers get lost', () => {
    const first = judgeChallenge(challenge, { secret, publicKeyInfo: key, now })
    if (first.kind !== 'issue') return expect.unreachable()
    const later = (hours: number) =>
      judgeChallenge(first.challenge, { secret, publicKeyInfo: key, now: challenge.expiresAt + hours * 3_600_000 }).kind
    expect(later(23)).toBe('repeat')
    expect(later(25)).toBe('refuse')
  })

  it('expires', () => {
    const at = (when: number) => judgeChallenge(challenge, { secret, publicKeyInfo: key, now: when })
    expect(at(challenge.expiresAt)).toMatchObject({ kind: 'issue' })
    expect(at(challenge.expiresAt + 1)).toEqual({ kind: 'refuse', reason: 'expired' })
  })

  it('is unknown when there is none, and when another was found', () => {
    const unknown = { kind: 'refuse', reason: 'unknown' }
    expect(judgeChallenge(undefined, { secret, publicKeyInfo: key, now })).toEqual(unknown)
    expect(judgeChallenge(challenge, { secret: 'guess', publicKeyInfo: key, now })).toEqual(unknown)
    expect(judgeChallenge(challenge, { secret: '', publicKeyInfo: key, now })).toEqual(unknown)
  })
})
