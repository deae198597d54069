import { declarationPayload, declarationTypes } from '@edict/catalogue'
import { type Problem, refusal, warning } from '../../problem.ts'
import { type Contradiction, contradictions } from '../contradictions.ts'
import { payloadOf } from '../declaration.ts'
import { apartness, type Occasions, occasionsOf, together } from '../occasions.ts'
import type { Finding, Member, Together, TogetherRule } from '../rule.ts'

/**
 * Two configurations of a type of which a device takes one only (`apply: single`), or which it makes one of and which
 * contradict each other (`apply: combined`). Those that are never active at once do not meet.
 *
 * An error where it is certain: one device gets both, and they are active at once.
 *
 * @see apple:docs/schema.yaml (apply, combinetype)
 */
export const settingsConflict: TogetherRule = (all) => {
  const ofType = Map.groupBy(configurations(all), ({ type }) => type)
  const crowded = [...ofType.values()].filter((members) => members.length > 1)
  if (crowded.length === 0) return []
  const occasions = occasionsOf(all.members)
  const apart = apartness(occasions)
  return crowded.flatMap((members) =>
    members.flatMap((b, index) => first(b, members.slice(0, index), { occasions, apart }, all)),
  )
}

function configurations({ members }: Together): readonly Member[] {
  return [...members.values()].filter(({ type }) => {
    const apply = declarationTypes.get(type)?.apply
    return apply === 'single' || apply === 'combined'
  })
}

interface Meeting {
  readonly occasions: Occasions
  /** Whether two are never active at once, by what their predicates say. */
  readonly apart: (a: string, b: string) => boolean
}

/** Of many that a declaration meets, the first is enough to say so: they would be as many as there are pairs. */
function first(b: Member, earlier: readonly Member[], meet: Meeting, all: Together): readonly Finding[] {
  for (const a of earlier) {
    const found = conflict(a, b, meet.occasions, all.onOneDevice)
    if (found.length > 0 && !meet.apart(a.identifier, b.identifier)) return found
  }
  return []
}

function conflict(a: Member, b: Member, occasions: Occasions, onOneDevice: boolean): readonly Finding[] {
  const when = together(a.identifier, b.identifier, occasions)
  if (when === 'never') return []
  const problems =
    declarationTypes.get(a.type)?.apply === 'single'
      ? [oneOnly(a, b, onOneDevice && when === 'always')]
      : when === 'unknown' || a.payload === b.payload
        ? []
        : contradictions(payloadOf(a), payloadOf(b), declarationPayload(a.type)).map((found) =>
            contradiction(a, b, found),
          )
  return problems.map((problem) => ({ of: b.identifier, problem }))
}

function oneOnly(a: Member, b: Member, certain: boolean): Problem {
  const say = certain ? refusal : warning
  return say(
    'settings-conflict',
    `Cannot have ${a.identifier} and ${b.identifier} on one device: it takes one ${a.type} only`,
    {
      at: '/Type',
      found: b.type,
      expected: 'one configuration of this type on each device',
      remedy: 'make one of the two, or give them to different devices',
      by: [a.identifier, b.identifier],
    },
  )
}

function contradiction(a: Member, b: Member, { at, name, left, right, taken }: Contradiction): Problem {
  const values = `${left} in ${a.identifier}, ${right} in ${b.identifier}`
  return warning('settings-conflict', `Cannot have both values of ${name} on one device: it is ${values}`, {
    at,
    found: right,
    expected: `the same as in ${a.identifier}, or no ${name}`,
    remedy: `a device takes ${taken}; say it in one of the two only, or give them to different devices`,
    by: [a.identifier, b.identifier],
  })
}
