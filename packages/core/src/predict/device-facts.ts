import type { Platform } from '@edict/catalogue'
import type { ClientCapabilities, Json } from '@edict/protocol'
import type { Instant } from '../instant.ts'
import type { StatusAnswer } from '../status/answer.ts'

/**
 * How it stands with one status item: what a channel answered, or `given` by who asks, `not-given` where nobody said
 * anything, `changing` where what was reported holds no longer once other declarations are in force.
 */
export type ItemAnswer = StatusAnswer | 'given' | 'not-given' | 'changing'

export interface ItemFact {
  readonly answer: ItemAnswer
  /** Null unless there is a value. */
  readonly value: Json
  /** When it was reported. */
  readonly at: Instant | null
}

/** What is known of one channel of a device, for saying what declarations would do there. */
export interface DeviceFacts {
  readonly platform: Platform | null
  readonly osVersion: string | null
  readonly capabilities: ClientCapabilities | null
  readonly items: ReadonlyMap<string, ItemFact>
}

/** An item of which nothing was said. */
export const NOT_GIVEN: ItemFact = { answer: 'not-given', value: null, at: null }

/** A value that who asks vouches for. */
export function givenItem(value: Json): ItemFact {
  return { answer: 'given', value, at: null }
}

/** Whether there is a value to go by. */
export function hasValue({ answer }: ItemFact): boolean {
  return answer === 'value' || answer === 'stale' || answer === 'given'
}
