import type { Json } from '@edict/protocol'
import { byCodeUnit, canonical, sha256 } from '../canonical.ts'
import type { CommonItem, OwnValues } from './manifest.ts'

/** At the end of the token of a common half: one of its templates asks for the particulars of the enrollment. */
const ASKS_FOR_PARTICULARS = '+'

/**
 * The token of a cohort's half: SHA-256 hex over sorted (kind, Identifier, ServerToken or content hash), and `+` when the own half is made
 * from the particulars of the enrollment too.
 */
export function commonToken(items: readonly CommonItem[], ofParticulars = false): string {
  const hash = sha256(
    canonical([...items].sort(inCanonicalOrder).map((item) => [item.kind, item.identifier, item.hash])),
  )
  return ofParticulars ? `${hash}${ASKS_FOR_PARTICULARS}` : hash
}

/** Whether a common half asks for the particulars of an enrollment. */
export function asksForParticulars(common: string): boolean {
  return common.endsWith(ASKS_FOR_PARTICULARS)
}

/** The token of an enrollment's half: SHA-256 hex over its canonical values. */
export function ownToken(values: OwnValues): string {
  return sha256(canonical(values as unknown as Json))
}

/**
 * The DeclarationsToken, `<common>.<own>`, and `<common>+.<own>.<particulars>` where the common half asks for those: 129 or 195 octets of
 * the 256 that Apple allows. It is made here and nowhere else, so what `tokens` and `declaration-items` say is one string. What the common
 * half does not ask for is no part of it: else the tokens of a whole fleet would change with facts that nothing is made from.
 *
 * @see apple:declarative/protocol/tokensresponse.yaml
 */
export function declarationsToken(common: string, { own, particulars }: OwnTokens): string {
  return asksForParticulars(common) ? `${common}.${own}.${particulars}` : `${common}.${own}`
}

/** The tokens of an enrollment's own values and of its particulars. */
export interface OwnTokens {
  readonly own: string
  readonly particulars: string
}

/** The parts of a DeclarationsToken. */
export interface TokenParts {
  readonly common: string
  readonly own: string
  /** Null where the common half does not ask for them. */
  readonly particulars: string | null
}

export function halves(token: string): TokenParts {
  const [common = '', own = '', particulars = null] = token.split('.')
  return { common, own, particulars }
}

/** The one order of a manifest: kind, then Identifier, by code unit. */
export function inCanonicalOrder(
  a: { readonly kind: string; readonly identifier: string },
  b: { readonly kind: string; readonly identifier: string },
): number {
  return byCodeUnit(a.kind, b.kind) || byCodeUnit(a.identifier, b.identifier)
}
