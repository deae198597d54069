import type { Json } from '@edict/protocol'
import { byCodeUnit, canonical, sha256 } from '../canonical.ts'
import type { CommonItem, OwnValues } from './manifest.ts'

/** The token of a cohort's half: SHA-256 hex over sorted (kind, Identifier, ServerToken or content hash). */
export function commonToken(items: readonly CommonItem[]): string {
  return sha256(canonical([...items].sort(inCanonicalOrder).map((item) => [item.kind, item.identifier, item.hash])))
}

/** The token of an enrollment's half: SHA-256 hex over its canonical values. */
export function ownToken(values: OwnValues): string {
  return sha256(canonical(values as unknown as Json))
}

/**
 * The DeclarationsToken, `<common>.<own>`: 129 octets of the 256 that Apple allows. It is made here and nowhere else, so
 * what `tokens` and `declaration-items` say is one string.
 *
 * @see apple:declarative/protocol/tokensresponse.yaml
 */
export function declarationsToken(common: string, own: string): string {
  return `${common}.${own}`
}

/** The halves of a DeclarationsToken. */
export function halves(token: string): { readonly common: string; readonly own: string } {
  const dot = token.indexOf('.')
  return { common: token.slice(0, dot), own: token.slice(dot + 1) }
}

/** The one order of a manifest: kind, then Identifier, by code unit. */
export function inCanonicalOrder(
  a: { readonly kind: string; readonly identifier: string },
  b: { readonly kind: string; readonly identifier: string },
): number {
  return byCodeUnit(a.kind, b.kind) || byCodeUnit(a.identifier, b.identifier)
}
