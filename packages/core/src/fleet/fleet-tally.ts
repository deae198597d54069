import type { ConditionWord } from '../condition/condition.ts'
import type { Stage } from '../diagnosis/stage.ts'
import type { Enrollment } from '../enrollment/enrollment.ts'
import type { Instant } from '../instant.ts'
import type { FleetChannel } from './fleet-channel.ts'
import type { FleetEntry } from './fleet-entries.ts'
import { explainedConditions } from './fleet-word.ts'

/** Silences that are named, the longest first. */
const LONGEST = 5

/** Different reasons and changes that are told apart; what devices say could make endless ones. */
const MOST = 10_000

/** Sentences that are told apart of one reason: it may have another one for every device. */
const MOST_SENTENCES = 20

export interface TalliedChange {
  readonly revision: number
  readonly behind: number
  readonly inSync: number
  /** Since when the channel that waits longest does; null where none waits. */
  readonly since: Instant | null
}

export interface TalliedReason {
  readonly word: string
  readonly condition: ConditionWord
  readonly code: string
  /** The one that most of them have. */
  readonly message: string
  readonly declarations: number
  readonly channels: number
}

export interface TalliedDiagnosis {
  readonly word: string
  readonly code: string | null
  readonly stage: Stage
  readonly channels: number
}

/** Adds up what channels add to the numbers of the fleet. */
export class FleetTally {
  readonly #numbers = new Map<string, number>()
  readonly #changes = new Map<number, TalliedChange>()
  readonly #reasons = new Map<string, Omit<TalliedReason, 'message'> & { readonly sentences: Map<string, number> }>()
  readonly #diagnoses = new Map<string, TalliedDiagnosis>()
  #silences: Enrollment[] = []

  add(channel: FleetChannel, entries: readonly FleetEntry[]): void {
    const reasons = new Set<string>()
    for (const one of entries) {
      for (const word of one.words.filter((each) => !isOfMany(each, one))) this.#count(word)
      if (one.declaration !== undefined) this.#addReason(one, reasons)
    }
    this.#addChange(entries)
    this.#addDiagnosis(channel, entries)
    if (entries.some(({ words }) => words.includes('silent'))) this.#addSilence(channel.enrollment)
  }

  /** How many entries have a word; those of changes and of reasons are in their lists. */
  number(word: string): number {
    return this.#numbers.get(word) ?? 0
  }

  /** Changes that some wait for, most first; then the last one that is known. */
  changes(limit: number): { readonly items: readonly TalliedChange[]; readonly more: number } {
    const all = [...this.#changes.values()]
    const waited = all.filter(({ behind }) => behind > 0).sort((a, b) => b.behind - a.behind || b.revision - a.revision)
    const last = all.toSorted((a, b) => b.revision - a.revision)[0]
    const shown = waited.slice(0, limit)
    const items = last === undefined || shown.includes(last) ? shown : [...shown, last]
    return { items, more: waited.length - shown.length }
  }

  /** Most first. */
  reasons(limit: number): { readonly items: readonly TalliedReason[]; readonly more: number } {
    const all = [...this.#reasons.values()].sort(
      (a, b) => b.declarations - a.declarations || (a.word < b.word ? -1 : 1),
    )
    const items = all.slice(0, limit).map(({ sentences, ...reason }) => ({ ...reason, message: commonest(sentences) }))
    return { items, more: Math.max(0, all.length - limit) }
  }

  /** Of those that are not healthy, most first. */
  diagnoses(): readonly TalliedDiagnosis[] {
    return [...this.#diagnoses.values()].sort((a, b) => b.channels - a.channels || (a.word < b.word ? -1 : 1))
  }

  /** The longest first. */
  silences(): readonly Enrollment[] {
    return this.#silences
  }

  #count(word: string): void {
    this.#numbers.set(word, this.number(word) + 1)
  }

  #addChange(entries: readonly FleetEntry[]): void {
    const one = entries.find(({ words }) => words[0] === 'behind' || words[0] === 'in-sync')
    const revision = Number(one?.words[1]?.split(':')[1])
    if (one === undefined || !Number.isInteger(revision)) return
    const known = this.#changes.get(revision)
    if (known === undefined && this.#changes.size >= MOST) return
    const { behind, inSync, since } = known ?? { behind: 0, inSync: 0, since: null }
    const waits = one.words[0] === 'behind'
    this.#changes.set(revision, {
      revision,
      behind: behind + Number(waits),
      inSync: inSync + Number(!waits),
      since: !waits || one.since === null ? since : Math.min(since ?? one.since, one.since),
    })
  }

  #addReason({ words, code, message }: FleetEntry, seen: Set<string>): void {
    const [condition, word] = words
    const isExplained = explainedConditions.find((one) => one === condition)
    if (word === undefined || isExplained === undefined || code === null) return
    const known = this.#reasons.get(word)
    if (known === undefined && this.#reasons.size >= MOST) return
    const { declarations, channels, sentences } = known ?? { declarations: 0, channels: 0, sentences: new Map() }
    const sentence = message ?? code
    if (sentences.has(sentence) || sentences.size < MOST_SENTENCES)
      sentences.set(sentence, (sentences.get(sentence) ?? 0) + 1)
    this.#reasons.set(word, {
      ...(known ?? { word, condition: isExplained, code }),
      sentences,
      declarations: declarations + 1,
      channels: channels + Number(!seen.has(word)),
    })
    seen.add(word)
  }

  #addDiagnosis({ diagnosis: { stage, code } }: FleetChannel, entries: readonly FleetEntry[]): void {
    const word = entries.find(({ words }) => words[0] === 'ailing')?.words[1]
    if (word === undefined) return
    const known = this.#diagnoses.get(word) ?? { word, code, stage, channels: 0 }
    this.#diagnoses.set(word, { ...known, channels: known.channels + 1 })
  }

  #addSilence(enrollment: Enrollment): void {
    const heard = ({ lastSeenAt, enrolledAt }: Enrollment) => lastSeenAt ?? enrolledAt ?? 0
    this.#silences = [...this.#silences, enrollment].sort((a, b) => heard(a) - heard(b)).slice(0, LONGEST)
  }
}

/** The sentence that came most often; of those that came as often, the one that came first. */
function commonest(sentences: ReadonlyMap<string, number>): string {
  return [...sentences].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0])[0]
}

/** Whether there may be as many words like it as there are changes, or reasons. */
function isOfMany(word: string, { words, declaration }: FleetEntry): boolean {
  return declaration === undefined ? /^(?:behind|in-sync):\d/.test(word) : word !== words[0]
}
