import { type Explanation, Real, type Value, valueText } from '@edict/predicate'
import type { Json } from '@edict/protocol'
import type { Origin, ReadTerm } from './reading.ts'

/** One part of a comparison with its value. Literals are no parts: they are where they are used. */
export interface WeighedPart {
  readonly text: string
  /** `nil-or-error`: Apple does not say which of the two; `open`: whatever there may be. */
  readonly reads: ReadTerm['reads']
  /** Null for nil, and where it is not known. */
  readonly value: Json
  /** Of a term: where its value comes from. */
  readonly origin: Origin | null
  readonly why: string | null
  readonly parts: readonly WeighedPart[]
}

/** The parts of an explained comparison. */
export function partsOf(explained: Explanation, terms: readonly ReadTerm[]): readonly WeighedPart[] {
  return explained.children.flatMap((child) => partOf(child, terms))
}

/** A term of a comparison of which not everything is known. */
export function openPart({ text, reads, value, origin }: ReadTerm): WeighedPart {
  return { text, reads, value, origin, why: null, parts: [] }
}

function partOf(explained: Explanation, terms: readonly ReadTerm[]): readonly WeighedPart[] {
  const { source, result, text, why = null, element, node } = explained
  if (source?.kind === 'literal') return []
  const term = node.kind === 'status' || node.kind === 'property' ? terms.find((one) => isTerm(one, node)) : undefined
  if (term !== undefined) return [openPart(term)]
  return [
    {
      text: element === undefined ? text : `$${element.variable} = ${valueText(element.value)}`,
      reads: 'known',
      value: result.kind === 'error' ? null : asJson(result.value),
      origin: null,
      why: result.kind === 'error' ? result.message.replace(/^Cannot evaluate predicate: /, '') : why,
      // Of the elements of a SUBQUERY it is enough to know which of them count.
      parts: element === undefined ? partsOf(explained, terms) : [],
    },
  ]
}

function isTerm({ text }: ReadTerm, node: { readonly kind: string; readonly name: string }): boolean {
  return text === `@${node.kind}(${node.name})`
}

/** Dates and numbers beyond 2^53 as text. */
function asJson(value: Value | undefined): Json {
  if (value === undefined || value === null) return null
  if (value instanceof Real) return value.value
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object') return value
  if (isList(value)) return value.map(asJson)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner)]))
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
