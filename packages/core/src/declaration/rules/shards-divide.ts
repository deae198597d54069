import { declarationTypes } from '@edict/catalogue'
import { type ShardedPredicate, shardProblems } from '@edict/predicate'
import { warning } from '../../problem.ts'
import { payloadOf } from '../declaration.ts'
import { predicateItems } from '../predicate-items.ts'
import { predicateReader } from '../predicate-reader.ts'
import { references } from '../references.ts'
import type { Finding, Member, TogetherRule } from '../rule.ts'

/** Each pair is tried on 101 numbers; more activations than these are no division that a person wrote. */
const MOST_SHARDS = 20

/**
 * Activations that give devices one configuration of a type or another by a number, `@property(shard)` from 0 to 100, divide it
 * without gap and without overlap. Only types of which a device makes one are looked at: of others a device may have several.
 *
 * @see apple:docs/schema.yaml (apply)
 */
export const shardsDivide: TogetherRule = ({ members }) => {
  const read = predicateReader()
  const byType = new Map<string, Map<string, ShardedPredicate>>()
  for (const member of members.values()) {
    if (member.kind !== 'activation') continue
    const payload = payloadOf(member)
    const { Predicate } = payload
    if (typeof Predicate !== 'string' || !Predicate.includes('shard')) continue
    const predicate = read(Predicate)
    if (predicate === undefined) continue
    for (const type of alternatives(member, members)) {
      const known = byType.get(type) ?? new Map<string, ShardedPredicate>()
      byType.set(type, known.set(member.identifier, { name: member.identifier, predicate }))
    }
  }
  return [...byType].flatMap(([type, activations]) => problemsOf(type, [...activations.values()]))
}

/** The types of which an activation gives a device one of several. */
function alternatives(activation: Member, members: ReadonlyMap<string, Member>): readonly string[] {
  return references(activation.type, payloadOf(activation)).flatMap(({ to }) => {
    const type = members.get(to)?.type ?? ''
    const apply = declarationTypes.get(type)?.apply
    return apply === 'single' || apply === 'combined' ? [type] : []
  })
}

function problemsOf(type: string, activations: readonly ShardedPredicate[]): readonly Finding[] {
  if (activations.length > MOST_SHARDS) return []
  return shardProblems(activations, predicateItems).map(({ code, message, from, to, by }) => {
    const of = by.at(-1) ?? activations.at(-1)?.name ?? ''
    const problem = warning(code, `${message}, for ${type}`, {
      at: '/Payload/Predicate',
      found: from === to ? String(from) : `${from} to ${to}`,
      expected: 'every number from 0 to 100 in one of the predicates',
      remedy: code === 'shard-gap' ? 'let one of the predicates take it' : 'let one of the two take it only',
      by: by.length === 0 ? activations.map(({ name }) => name) : by,
    })
    return { of, problem }
  })
}
