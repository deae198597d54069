import { relations } from '@edict/predicate'
import { payloadOf } from './declaration.ts'
import { predicateItems } from './predicate-items.ts'
import { predicateReader } from './predicate-reader.ts'
import { references } from './references.ts'
import type { Member } from './rule.ts'

/** When each configuration is active: the activations that list it, with their predicates. */
export type Occasions = ReadonlyMap<string, readonly Occasion[]>

interface Occasion {
  readonly activation: string
  /** Undefined: always. */
  readonly predicate: string | undefined
}

/** The occasions of each configuration that an activation lists. */
export function occasionsOf(members: ReadonlyMap<string, Member>): Occasions {
  const occasions = new Map<string, Occasion[]>()
  for (const member of members.values()) {
    if (member.kind !== 'activation') continue
    const payload = payloadOf(member)
    const { Predicate } = payload
    const predicate = typeof Predicate === 'string' && !/^\s*TRUEPREDICATE\s*$/i.test(Predicate) ? Predicate : undefined
    for (const { to } of references(member.type, payload)) {
      occasions.set(to, [...(occasions.get(to) ?? []), { activation: member.identifier, predicate }])
    }
  }
  return occasions
}

/**
 * Whether two configurations are active at once. `never` is said of what no activation lists, `always` of two that have an
 * occasion in common or no condition, `sometimes` where one of them has no condition.
 */
export function together(a: string, b: string, occasions: Occasions): 'never' | 'always' | 'sometimes' | 'unknown' {
  const left = occasions.get(a) ?? []
  const right = occasions.get(b) ?? []
  if (left.length === 0 || right.length === 0) return 'never'
  if (left.some((one) => right.some((other) => one.predicate === other.predicate))) return 'always'
  return [...left, ...right].some(({ predicate }) => predicate === undefined) ? 'sometimes' : 'unknown'
}

/** Whether two configurations are never active at once because no device is true to a predicate of each. */
export function apartness(occasions: Occasions): (a: string, b: string) => boolean {
  const read = predicateReader()
  const known = relations(predicateItems)
  return (a, b) => {
    const [left, right] = [occasions.get(a) ?? [], occasions.get(b) ?? []]
    return left.every((one) =>
      right.every((other) => {
        const [first, second] = [read(one.predicate), read(other.predicate)]
        return first !== undefined && second !== undefined && known.neverBoth(first, second)
      }),
    )
  }
}
