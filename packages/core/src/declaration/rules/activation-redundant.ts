import { relations } from '@edict/predicate'
import { warning } from '../../problem.ts'
import { payloadOf } from '../declaration.ts'
import { predicateItems } from '../predicate-items.ts'
import { predicateReader } from '../predicate-reader.ts'
import { references } from '../references.ts'
import type { Member, TogetherRule } from '../rule.ts'

interface Activation {
  readonly identifier: string
  readonly lists: ReadonlySet<string>
  readonly predicate: string | undefined
}

/**
 * An activation that adds nothing: another one lists all that it lists, and is active whenever it is, because both have the
 * same predicate or the one implies the other. Taking it out changes nothing, and changing it does not do what it seems to.
 *
 * @see apple:declarative/declarations/activations/simple.yaml
 */
export const activationRedundant: TogetherRule = ({ members }) => {
  const activations = [...members.values()].flatMap(activationOf)
  const listing = new Map<string, Activation[]>()
  for (const one of activations) for (const to of one.lists) listing.set(to, [...(listing.get(to) ?? []), one])
  const covers = coverage()
  const redundant = new Set<Activation>()
  return activations.flatMap((one) => {
    const [first = ''] = one.lists
    const other = (listing.get(first) ?? []).find(
      (candidate) => candidate !== one && !redundant.has(candidate) && covers(candidate, one),
    )
    if (other === undefined) return []
    redundant.add(one)
    const same = other.predicate === one.predicate
    const problem = warning(
      'activation-redundant',
      `Cannot see what ${one.identifier} is for: ${other.identifier} activates the same ${same ? 'under the same condition' : 'whenever this is active'}`,
      {
        at: one.predicate === undefined ? '/Payload/StandardConfigurations' : '/Payload/Predicate',
        found: one.predicate ?? 'no predicate',
        expected: 'an activation that activates something that no other does',
        remedy: `take ${one.identifier} out, or make the conditions exclude each other`,
        by: [other.identifier, one.identifier],
      },
    )
    return [{ of: one.identifier, problem }]
  })
}

function activationOf(member: Member): readonly Activation[] {
  if (member.kind !== 'activation') return []
  const payload = payloadOf(member)
  const { Predicate } = payload
  const lists = new Set(references(member.type, payload).map(({ to }) => to))
  if (lists.size === 0) return []
  return [{ identifier: member.identifier, lists, predicate: typeof Predicate === 'string' ? Predicate : undefined }]
}

/** Whether the first lists all that the second lists, and is active whenever that is. */
function coverage(): (wide: Activation, narrow: Activation) => boolean {
  const read = predicateReader()
  const known = relations(predicateItems)
  return (wide, narrow) => {
    if (!narrow.lists.isSubsetOf(wide.lists)) return false
    if (wide.predicate === undefined || wide.predicate === narrow.predicate) return true
    const [outer, inner] = [read(wide.predicate), read(narrow.predicate)]
    if (outer === undefined || inner === undefined) return false
    // One that is never true implies everything, and another rule says so.
    return known.implies(inner, outer) && !known.neverBoth(inner, inner)
  }
}
