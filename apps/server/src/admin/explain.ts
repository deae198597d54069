import type { Origin, PredicateNode, PredicatePart } from '@edict/api'
import {
  CONCEALED,
  type Explanation,
  explain,
  type ItemFact,
  type Origin as KnownOrigin,
  particularsOf,
  refusal,
  type WeighedNode,
  type WeighedPart,
  withoutKeys,
} from '@edict/core'
import type { Channel } from '@edict/store'
import { conditionsOf } from '../operations/conditions.ts'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { Refused } from '../operations/refused.ts'
import type { Services } from '../services.ts'
import { answered, itemsOf, knowledgeOf } from './answered.ts'
import { conditionResource } from './condition-resource.ts'
import { momentOrNull } from './moment.ts'
import type { Handlers } from './request.ts'

export const explainHandlers: Handlers<'explain-enrollment'> = {
  'explain-enrollment': async ({ params, query }, services) => {
    const channel = await mustBeKnown(services.store.read, params.id)
    const { enrollment } = channel
    const found = explain(await groundOf(channel, services), query.declaration)
    if (found === undefined) throw missing(query.declaration ?? '')
    return {
      enrollment: enrollment.id,
      channel: enrollment.channel,
      platform: enrollment.facts.platform ?? null,
      osVersion: enrollment.facts.osVersion ?? null,
      items: found.map(resource),
    }
  },
}

async function groundOf(channel: Channel, services: Services) {
  const { store, manifests } = services
  const { enrollment } = channel
  const cohort = await store.read.cohort(enrollment.cohort)
  if (cohort === undefined) throw new Error(`Cannot explain ${enrollment.id}: cohort ${enrollment.cohort} is missing`)
  const { capabilities } = cohort.key.eligibility
  const declared = await store.read.declared()
  const payloads = [...declared.declarations.values()].map(({ payload }) => payload)
  return {
    declared,
    keyFor: await services.contentKeys.madeFor(payloads, store.read),
    membership: await store.read.membership(enrollment.id),
    key: cohort.key,
    capabilities: capabilities === null ? null : ((await store.read.capabilities(capabilities)) ?? null),
    properties: await store.read.properties(enrollment.id),
    particulars: particularsOf(enrollment),
    items: await itemFacts(channel, services),
    conditions: await conditionsOf(channel, store.read, manifests),
  }
}

async function itemFacts(channel: Channel, services: Services): Promise<ReadonlyMap<string, ItemFact>> {
  const known = await knowledgeOf(channel, services)
  const stored = new Map((await services.store.read.items(channel.enrollment.id)).map((item) => [item.name, item]))
  const names = new Set([...stored.keys(), ...known.subscribed, ...itemsOf(channel)])
  return new Map(
    [...names].map((name) => {
      const { answer, value } = answered(name, stored.get(name), channel, known, services.now())
      return [name, { answer, value, at: stored.get(name)?.at ?? null }]
    }),
  )
}

function missing(identifier: string): Refused {
  const evidence = { found: identifier, remedy: 'look at the list of declarations for the right Identifier' }
  return new Refused([refusal('declaration-missing', `Cannot find declaration ${identifier}`, evidence)])
}

function resource({ sets, leftOut, because, predicate, refersTo, referredToBy, condition, ...rest }: Explanation) {
  return {
    ...rest,
    payload: rest.payload === null ? null : withoutKeys(rest.payload, CONCEALED),
    sets: sets.map(({ set, via, counts, given }) => ({
      set,
      via: [...via],
      counts,
      given: given.map((one) => ({ ...one })),
    })),
    leftOut: leftOut === null ? null : { ...leftOut },
    because: because === null ? null : { ...because, of: [...because.of] },
    predicate:
      predicate === null
        ? null
        : {
            ...predicate,
            outcomes: [...predicate.outcomes],
            tree: predicate.tree === null ? null : node(predicate.tree),
          },
    refersTo: [...refersTo],
    referredToBy: [...referredToBy],
    condition: condition === null ? null : conditionResource(condition),
  }
}

function node(weighed: WeighedNode): PredicateNode {
  return { ...weighed, operands: weighed.operands.map(node), parts: weighed.parts.map(part) }
}

function part(weighed: WeighedPart): PredicatePart {
  const { origin } = weighed
  return { ...weighed, origin: origin === null ? null : originResource(origin), parts: weighed.parts.map(part) }
}

function originResource(origin: KnownOrigin): Origin {
  if (origin.from !== 'status') return origin
  const { from, item, answer, at } = origin
  // What a caller assumes is never part of what a channel answered.
  if (answer === 'given' || answer === 'not-given' || answer === 'changing')
    return { from, item, answer: 'never-reported' }
  return { from, item, answer, reportedAt: momentOrNull(at) }
}
