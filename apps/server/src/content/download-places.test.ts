import { expect, it } from 'vitest'
import { downloadPlaces } from './download-places.ts'

it('gives one device no more places than its share, and all of them no more than there are', () => {
  const places = downloadPlaces({ all: 3, device: 2 })
  const first = places.take('A')
  expect([places.take('A'), places.take('A')]).toEqual([expect.any(Function), null])
  expect([places.take('B'), places.take('C')]).toEqual([expect.any(Function), null])
  first?.()
  expect(places.take('C')).not.toBeNull()
  first?.()
  expect(places.take('D')).toBeNull()
})
