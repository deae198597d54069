import type { Platform } from './platform.ts'

const prefixes: readonly (readonly [string, Platform])[] = [
  ['iPad', 'iOS'],
  ['iPhone', 'iOS'],
  ['iPod', 'iOS'],
  ['Mac', 'macOS'],
  ['iMac', 'macOS'],
  ['VirtualMac', 'macOS'],
  ['AppleTV', 'tvOS'],
  ['RealityDevice', 'visionOS'],
  ['Watch', 'watchOS'],
]

/**
 * The platform of a device by its `ProductName` (`iPad13,1`, `VirtualMac2,1`, `MacBookPro18,3`). Undefined for any
 * other name.
 *
 * @see apple:mdm/checkin/authenticate.yaml
 */
export function platformOfProduct(productName: string): Platform | undefined {
  return prefixes.find(([prefix]) => productName.startsWith(prefix))?.[1]
}
