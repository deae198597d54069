import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword } from './password.ts'

describe('a password', () => {
  it('is known by its hash, which holds its cost and a salt of its own, and nothing of it', async () => {
    const [one, other] = [await hashPassword('correct horse'), await hashPassword('correct horse')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(other)
    expect(await isPassword('correct horse', one)).toBe(true)
    expect(await isPassword('correct horsf', one)).toBe(false)
    expect(await isPassword('', one)).toBe(false)
  })

  it('is the same however its letters were composed', async () => {
    expect(await isPassword('Schlu\u0308ssel', await hashPassword('Schl\u00fcssel'))).toBe(true)
  })

  it('of nobody is never right, and is computed all the same', async () => {
    expect(await isPassword('', null)).toBe(false)
    const tag = Buffer.alloc(32).toString('base64')
    expect(await isPassword(tag, null)).toBe(false)
  })

  it('is not checked while too many others are', async () => {
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => isPassword('x', null)))
    const refused = all.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(8)
    expect(refused[0]?.reason).toMatchObject({ code: 'sign-in-busy' })
    expect(await isPassword('x', null)).toBe(false)
  })
})
