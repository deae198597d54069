import type { Platform } from '@edict/catalogue'
import { type ConditionWord, conditionWords } from '../condition/condition.ts'
import { causes } from '../diagnosis/causes.ts'
import { stages } from '../diagnosis/stage.ts'

const platforms: readonly Platform[] = ['iOS', 'macOS', 'tvOS', 'visionOS', 'watchOS']

/** Words that say what they count without another. */
const plainWords = [
  'channels',
  'devices',
  'users',
  'enrolled',
  'enrolling',
  'awaiting',
  'imported',
  'left',
  'expected',
  ...platforms,
  'platform-unknown',
  'in-sync',
  'behind',
  ...conditionWords,
  'healthy',
  'ailing',
  'pushes-waiting',
  'without-token',
  'other-topic',
  'identity-ends',
  'identity-ended',
  'silent',
] as const

/** Conditions whose reasons are counted too. */
export const explainedConditions: readonly ConditionWord[] = ['failed', 'left-out', 'inactive']

/** A word and what narrows it down: `behind:17`, `failed:Error.ConfigurationCannotBeApplied`, `stage:in-force`. */
const narrowed: readonly { readonly word: string; readonly by: RegExp; readonly like: string }[] = [
  { word: 'behind', by: /^(?:\d{1,15}|first|self)$/, like: 'behind:17' },
  { word: 'in-sync', by: /^(?:\d{1,15}|self)$/, like: 'in-sync:17' },
  { word: 'stage', by: new RegExp(`^(?:${stages.join('|')})$`), like: 'stage:not-woken' },
  { word: 'unexplained', by: new RegExp(`^(?:${stages.join('|')})$`), like: 'unexplained:not-woken' },
  ...explainedConditions.map((word) => ({ word, by: /^.{1,1024}$/s, like: `${word}:CODE` })),
]

/** Everything that names a number of the fleet, as it is listed to who asked for something else. */
export const fleetWords: readonly string[] = [
  ...plainWords,
  ...narrowed.map(({ like }) => like),
  ...causes.map(({ code }) => code),
]

const byLowerCase = new Map(
  [...plainWords, ...causes.map(({ code }) => code)].map((word) => [word.toLowerCase(), word as string]),
)

/** The word that names a number of the fleet, as it is written here; case does not matter. Undefined for what names none. */
export function fleetWord(text: string): string | undefined {
  const plain = byLowerCase.get(text.toLowerCase())
  if (plain !== undefined) return plain
  const colon = text.indexOf(':')
  const word = text.slice(0, colon).toLowerCase()
  const by = text.slice(colon + 1)
  return narrowed.some((one) => one.word === word && one.by.test(by)) ? `${word}:${by}` : undefined
}

/** What has to be known of a channel to say whether a word counts it: its conditions, its diagnosis, or the enrollment alone. */
export type FleetPart = 'conditions' | 'diagnosis' | 'enrollment'

export function partOf(word: string): FleetPart {
  const [first = ''] = word.split(':')
  if (conditionWords.some((one) => one === first)) return 'conditions'
  const isDiagnosis = ['healthy', 'ailing', 'stage', 'unexplained'].includes(first)
  return isDiagnosis || causes.some(({ code }) => code === word) ? 'diagnosis' : 'enrollment'
}
