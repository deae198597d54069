import { expect, it } from 'vitest'
import { platformOfProduct } from './platform-of-product.ts'

it.each([
  ['iPad13,1', 'iOS'],
  ['iPhone15,2', 'iOS'],
  ['iPod9,1', 'iOS'],
  ['Mac14,2', 'macOS'],
  ['MacBookPro18,3', 'macOS'],
  ['Macmini9,1', 'macOS'],
  ['iMac21,1', 'macOS'],
  ['iMacPro1,1', 'macOS'],
  ['VirtualMac2,1', 'macOS'],
  ['AppleTV14,1', 'tvOS'],
  ['RealityDevice14,1', 'visionOS'],
  ['Watch7,1', 'watchOS'],
])('%s runs %s', (product, platform) => {
  expect(platformOfProduct(product)).toBe(platform)
})

it.each(['', 'Toaster1,1', 'ipad13,1'])('"%s" is no product of Apple that we know', (product) => {
  expect(platformOfProduct(product)).toBeUndefined()
})
