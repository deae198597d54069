import {
  type Availability,
  type ByPlatform,
  type KeyAvailability,
  type Platform,
  platforms,
  type Requirements,
} from '@edict/catalogue'

/**
 * Where a key can be used: what it says itself in place of what holds for that which it is in.
 *
 * @see apple:docs/schema.yaml (supportedOS of a key)
 */
export function keyAvailability(
  around: ByPlatform<Availability & Requirements>,
  own: KeyAvailability | undefined,
): ByPlatform<Availability & Requirements> {
  if (own === undefined) return around
  const entries = platforms.flatMap((platform): [Platform, Availability & Requirements][] => {
    const outer = around[platform]
    const inner = own[platform]
    if (outer === undefined || inner === 'n/a') return []
    return [[platform, { ...outer, ...inner }]]
  })
  return Object.fromEntries(entries)
}
