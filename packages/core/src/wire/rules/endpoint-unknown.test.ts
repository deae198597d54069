import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'
import { soundPlists } from '../testing/sound.ts'

const asking = (Endpoint: string) => ({ plist: { ...soundPlists.asking, Endpoint } })

it('finds the plural of a kind, and a path of our own', () => {
  expect(codes(asking('declaration/configurations/wifi'))).toEqual(['endpoint-unknown'])
  expect(codes(asking('/tokens'))).toEqual(['endpoint-unknown'])
})

it('takes the four that there are', () => {
  expect(codes(asking('declaration-items'))).toEqual([])
  expect(codes(asking('declaration/configuration/wifi'))).toEqual([])
})
