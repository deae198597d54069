import { statusItems } from '@edict/catalogue'
import { type PredicateContext, statusContext } from '@edict/predicate'
import type { Json } from '@edict/protocol'
import { canonical } from '../canonical.ts'
import type { Instant } from '../instant.ts'
import { hasValue, type ItemAnswer, type ItemFact, NOT_GIVEN } from './device-facts.ts'
import type { PropertySources } from './property-sources.ts'
import type { Term } from './terms.ts'

/** Where the value of a term comes from. */
export type Origin =
  | {
      readonly from: 'status'
      /** The item that the name is, or is below; null when there is none. */
      readonly item: string | null
      readonly answer: ItemAnswer
      readonly at: Instant | null
    }
  /** The properties declarations that set it: none makes it nil, and two that differ make it nobody's guess. */
  | { readonly from: 'property'; readonly declarations: readonly string[] }
  | { readonly from: 'bare' }
  | { readonly from: 'impure' }

/** One term of a predicate, read. */
export interface ReadTerm {
  /** As it is written: `@status(passcode.is-compliant)`. */
  readonly text: string
  readonly origin: Origin
  /** `known`: `value`, with null for nil. `nil-or-error`: Apple does not say which. `open`: whatever there may be. */
  readonly reads: 'known' | 'nil-or-error' | 'open'
  readonly value: Json
}

export interface Reading {
  read(term: Term): ReadTerm
  /** For evaluating; only what is `known` may be asked for, and what is `nil-or-error` is nil. */
  readonly context: PredicateContext
}

/**
 * Reads terms from status items and from properties.
 *
 * @param isLacking whether a device like this cannot have an item of which nothing was said
 */
export function readingOf(
  items: ReadonlyMap<string, ItemFact>,
  properties: PropertySources,
  isLacking: (item: string) => boolean = () => false,
): Reading {
  const values = [...items].filter(([, fact]) => hasValue(fact)).map(([name, { value }]) => [name, value] as const)
  const context = statusContext(Object.fromEntries(values), properties.values)
  const read = (term: Term): ReadTerm => {
    switch (term.kind) {
      case 'status':
        return readStatus(term.name, items, context, isLacking)
      case 'property':
        return readProperty(term.name, properties, context)
      default:
        return { text: term.name, origin: { from: term.kind }, reads: 'open', value: null }
    }
  }
  return { read, context }
}

function readStatus(
  name: string,
  items: ReadonlyMap<string, ItemFact>,
  context: PredicateContext,
  isLacking: (item: string) => boolean,
): ReadTerm {
  const item = itemOf(name, items)
  const isUnsupported = item === null || (!items.has(item) && isLacking(item))
  const fact = isUnsupported ? UNSUPPORTED : (items.get(item) ?? NOT_GIVEN)
  const origin: Origin = { from: 'status', item, answer: fact.answer, at: fact.at }
  const reads = howRead(fact)
  const value = hasValue(fact) ? ((context.status(name) ?? null) as Json) : null
  return { text: `@status(${name})`, origin, reads, value }
}

const UNSUPPORTED: ItemFact = { answer: 'unsupported', value: null, at: null }

function howRead(fact: ItemFact): ReadTerm['reads'] {
  if (hasValue(fact) || fact.answer === 'absent') return 'known'
  return fact.answer === 'unsupported' ? 'nil-or-error' : 'open'
}

/** The longest name of an item that `name` is, or is below. */
function itemOf(name: string, items: ReadonlyMap<string, ItemFact>): string | null {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const item = name.slice(0, end)
    if (items.has(item) || statusItems.has(item)) return item
  }
  return null
}

function readProperty(name: string, { values, sources }: PropertySources, context: PredicateContext): ReadTerm {
  const key = [...sources.keys()]
    .filter((one) => name === one || name.startsWith(`${one}.`))
    .sort((a, b) => b.length - a.length)[0]
  const all = key === undefined ? [] : (sources.get(key) ?? [])
  const origin: Origin = { from: 'property', declarations: all.map(({ identifier }) => identifier) }
  const isOpen = new Set(all.map(({ value }) => canonical(value))).size > 1
  const value = isOpen || !(key === undefined || Object.hasOwn(values, key)) ? null : (context.property(name) ?? null)
  return { text: `@property(${name})`, origin, reads: isOpen ? 'open' : 'known', value: value as Json }
}
