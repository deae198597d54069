import { describe, expect, it } from 'vitest'
import type { Draft } from '../declaration/draft.ts'
import { OWN_PROPERTIES } from '../declaration/generated.ts'
import { cohortManifest } from '../manifest/cohort-manifest.ts'
import { keyOf } from '../testing/channel-of.ts'
import { declaredOf, properties } from '../testing/declared-of.ts'
import { claimConflict, newClaims, newDuplicates, newOverlaps } from './property-conflicts.ts'

const holding = (...drafts: readonly Draft[]) =>
  cohortManifest(keyOf(['s']), declaredOf({ drafts, sets: { s: drafts.map(({ identifier }) => identifier) } }), null)

const a = properties('a', { role: 1 })
const b = properties('b', { role: 2, floor: 3 })

describe('newDuplicates', () => {
  it('names both declarations that would carry a key', () => {
    expect(newDuplicates(holding(a), holding(a, b))).toMatchObject([
      {
        code: 'conflict-properties',
        severity: 'error',
        message: 'Cannot give property role twice to one device: by a and by b',
        by: ['a', 'b'],
      },
    ])
    expect(newDuplicates(null, holding(a, b))).toHaveLength(1)
  })

  it('does not stand in the way of what was so before', () => {
    expect(newDuplicates(holding(a, b), holding(a, b))).toEqual([])
    expect(newDuplicates(holding(a, b), holding(b))).toEqual([])
  })

  it('finds a third one', () => {
    const third = properties('c', { role: 4 })
    expect(newDuplicates(holding(a, b), holding(a, b, third))[0]?.by).toEqual(['a', 'b', 'c'])
  })
})

describe('newOverlaps', () => {
  const overlaps = (before: readonly string[], after: readonly string[], was = holding(a), is = holding(a)) =>
    newOverlaps('ipad-1', { manifest: was, keys: before }, { manifest: is, keys: after }).map(({ by }) => by)

  it('finds own values under a key that a declaration has', () => {
    expect(overlaps([], ['role', 'floor'])).toEqual([['a', `${OWN_PROPERTIES} of ipad-1`]])
  })

  it('finds a declaration that comes with the cohort', () => {
    expect(overlaps(['role'], ['role'], holding(), holding(a))).toHaveLength(1)
  })

  it('does not stand in the way of what was so before', () => {
    expect(overlaps(['role'], ['role'])).toEqual([])
    expect(overlaps(['role'], [])).toEqual([])
  })
})

describe('newClaims', () => {
  it('are the keys that begin to be carried, for whoever knows the own values to compare', () => {
    expect(newClaims('c', holding(a), holding(a, b))).toEqual([
      { cohort: 'c', key: 'role', declaration: 'b' },
      { cohort: 'c', key: 'floor', declaration: 'b' },
    ])
    expect(newClaims('c', holding(a, b), holding(b))).toEqual([])
  })

  it('become a conflict when an enrollment has the key', () => {
    const claim = { cohort: 'c', key: 'floor', declaration: 'b' }
    expect(claimConflict(claim, 'ipad-1')).toMatchObject({
      code: 'conflict-properties',
      by: ['b', `${OWN_PROPERTIES} of ipad-1`],
    })
  })
})
