import type { Condition, ConditionWord } from './condition.ts'

/** What those who follow were told last of each declaration of a channel, by its Identifier. */
export type ToldConditions = ReadonlyMap<string, ConditionWord>

/** What they are to be told next. */
export interface ConditionChange {
  readonly identifier: string
  /** Null: nothing was told of it, or it was gone. */
  readonly from: ConditionWord | null
  /** Null: the channel has nothing to do with it any more. */
  readonly to: ConditionWord | null
  /** Code of the reason; null where `to` is. */
  readonly reason: string | null
}

/** What there is to tell, by Identifier, of those who were told something before. */
export function conditionChanges(told: ToldConditions, are: readonly Condition[]): readonly ConditionChange[] {
  const is = new Map(are.map((one) => [one.identifier, one]))
  return [...new Set([...told.keys(), ...is.keys()])].sort().flatMap((identifier) => {
    const [from, now] = [told.get(identifier) ?? null, is.get(identifier)]
    const to = now?.condition ?? null
    return from === to ? [] : [{ identifier, from, to, reason: now?.reason.code ?? null }]
  })
}

/** What has been told when all of these have. */
export function toldOf(conditions: readonly Condition[]): ToldConditions {
  return new Map(conditions.map(({ identifier, condition }) => [identifier, condition]))
}
