import type { ConditionWord } from '@edict/api'
import type { Look } from './look.ts'
import type { SchoolChannel } from './school.ts'

/** A channel that is not there yet, and where it is. */
export interface Missing {
  readonly channel: SchoolChannel
  readonly found: string
}

/** What some channels should come to. */
export interface Goal {
  readonly label: string
  readonly of: readonly SchoolChannel[]
  measure(look: Look): Promise<readonly Missing[]>
}

/** A goal that each channel reaches for itself; `test` gives what is found instead, or null. */
export function goal(
  label: string,
  of: readonly SchoolChannel[],
  test: (channel: SchoolChannel, look: Look) => Promise<string | null> | string | null,
): Goal {
  return {
    label,
    of,
    measure: async (look) => {
      const found = await Promise.all(of.map(async (channel) => ({ channel, found: await test(channel, look) })))
      return found.flatMap(({ channel, found }) => (found === null ? [] : [{ channel, found }]))
    },
  }
}

/** A declaration is judged so on each of the channels. */
export function judged(label: string, of: readonly SchoolChannel[], identifier: string, word: ConditionWord): Goal {
  return goal(label, of, async (channel, look) => {
    if (!(await look.enrollments()).has(channel.id)) return 'not enrolled yet'
    const condition = (await look.conditions(channel.id)).get(identifier)
    if (condition === undefined) return `${identifier} is not among its declarations`
    if (condition.condition === word) return null
    return `${identifier} is ${condition.condition}: ${condition.reason.message}`
  })
}

/** Reached where both are; called by the name of the first. */
export function both(one: Goal, other: Goal): Goal {
  return {
    ...one,
    measure: async (look) => {
      const missing = [...(await one.measure(look)), ...(await other.measure(look))]
      return [...new Map(missing.map((each) => [each.channel.id, each])).values()]
    },
  }
}

/** A status item was reported with this value by each of the channels. */
export function reported(label: string, of: readonly SchoolChannel[], item: string, value: unknown): Goal {
  return goal(label, of, async (channel, look) => {
    const said = (await look.item(item)).get(channel.id)
    if (said?.answer === 'value' && said.value === value) return null
    return said?.answer === 'value'
      ? `${item} is ${JSON.stringify(said.value)}`
      : `${item}: ${said?.answer ?? 'unknown'}`
  })
}
