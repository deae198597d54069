import { decodePlist, isPlistDict, type PlistDict, type PlistValue } from '@edict/protocol'

/** Property lists that were kept in base64 by bundle identifier: those of some apps, or of all. */
export function keptPlists(
  kept: { readonly [bundleId: string]: string },
  identifiers: PlistValue | undefined,
): readonly (readonly [string, PlistDict])[] {
  return Object.entries(kept).flatMap(([bundleId, base64]) => {
    if (Array.isArray(identifiers) && !identifiers.includes(bundleId)) return []
    const plist = decodePlist(new Uint8Array(Buffer.from(base64, 'base64')))
    return isPlistDict(plist) ? [[bundleId, plist] as const] : []
  })
}
