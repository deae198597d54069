import { describe, expect, it } from 'vitest'
import { type Role, teachers } from './teachers.ts'

const have = (role: Role, seed: string) => teachers(seed).filter(({ roles }) => roles.includes(role)).length

describe('teachers', () => {
  it('begin with the two of the talk', () => {
    const [one, two] = teachers('any')
    expect(one?.roles).toEqual(['Lower', 'Sports'])
    expect(two?.roles).toEqual(['Upper', 'IT Admin'])
  })

  it('are the same for the same seed, and others for another', () => {
    expect(teachers('a')).toEqual(teachers('a'))
    expect(teachers('a')).not.toEqual(teachers('b'))
  })

  it.each(['edict', 'a', 'b', ''])('are forty, half of them in each division, four with a Mac, for seed %j', (seed) => {
    const all = teachers(seed)
    expect(new Set(all.map(({ name }) => name)).size).toBe(40)
    expect([have('Lower', seed), have('Upper', seed)]).toEqual([20, 20])
    expect([have('IT Admin', seed), have('Sports', seed)]).toEqual([4, 9])
    expect(all.filter(({ mac }) => mac)).toHaveLength(4)
    expect(all[1]?.mac).toBe(false)
  })
})
