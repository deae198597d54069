import { expect, it } from 'vitest'
import { mail, person } from '../../testing/declared-of.ts'
import { findingsOf } from '../../testing/problems-of.ts'
import { assetWithoutUser } from './asset-without-user.ts'

it('warns of an asset that no configuration refers to', () => {
  expect(findingsOf(assetWithoutUser, [person('ada'), person('bob'), mail('m', 'ada')])).toMatchObject([
    { of: 'bob', problem: { code: 'asset-without-user', severity: 'warning' } },
  ])
})

it('takes those that one refers to', () => {
  expect(findingsOf(assetWithoutUser, [person('ada'), mail('m', 'ada')])).toEqual([])
})
