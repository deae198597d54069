import {
  type DeclarationKind,
  type DeclarationState,
  declarationKinds,
  isJsonObject,
  type Json,
  type JsonObject,
  readDeclarationStates,
} from '@edict/protocol'
import type { WireProblem } from '../../wire/wire-problem.ts'
import { type WireCode, wireCodes } from '../../wire/wire-problem.ts'
import type { Beside } from '../history.ts'
import type { Answered, Pair, ResultEntry, ServedBody, TraceEntry, TraceKind } from '../trace-entry.ts'
import type { CaptureProblem } from './captured.ts'
import type { Conversation } from './conversations.ts'

/** A trace as it was exported: what each channel and its server said, and what was known beside it then. */
interface ReadTrace {
  readonly conversations: readonly Conversation[]
  readonly problems: readonly CaptureProblem[]
}

/** Whether a text is a trace that was exported, and no record of messages: its first line tells. */
export function isTraceLines(text: string): boolean {
  const first = text.split('\n', 200).find((line) => !isPassedOver(line))
  if (first === undefined) return false
  const line = parsed(first)
  return line !== undefined && typeof line.kind === 'string' && line.direction === undefined
}

/**
 * Reads a trace that was exported: one entry a line, as `GET /api/v1/enrollments/{id}/trace` gives it, with its `enrollment`. A line of the
 * kind `exported` says when that was, and what the channel should have had then; it counts if no later entry follows. Lines that cannot
 * be used are told, and the others are used.
 */
export function readTraceLines(text: string): ReadTrace {
  const channels = new Map<string | null, { said: TraceEntry[]; beside: Beside }>()
  const problems: CaptureProblem[] = []
  for (const [index, content] of text.split('\n').entries()) {
    if (isPassedOver(content)) continue
    const number = index + 1
    try {
      const line = new Fields(content)
      const id = line.get('enrollment') === undefined ? null : line.text('enrollment')
      const channel = channels.get(id) ?? { said: [], beside: {} }
      channels.set(id, channel)
      const at = line.moment('at')
      if (line.get('kind') === 'exported') {
        channel.beside = { now: at, ...line.maybe('wanted', () => line.text('wanted')) }
        continue
      }
      const kind = line.oneOf('kind', kinds)
      const entry = line.maybe('entry', () => line.count('entry')).entry ?? number
      const claimed = line.maybe('claimed', () => line.count('claimed'))
      const one = { kind, at, entry, ...claimed, ...readers[kind](line) } as TraceEntry
      if (one.at > (channel.beside.now ?? one.at)) channel.beside = {}
      channel.said.push(one)
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      problems.push({
        entry: number,
        message: `Cannot use line ${number}: ${error.message}`,
        expected: error.expected,
      })
    }
  }
  const conversations = [...channels].map(([channel, { said, beside }]) => ({ channel, said, beside }))
  return { conversations: conversations.filter(({ said }) => said.length > 0), problems }
}

function isPassedOver(line: string): boolean {
  return line.trim() === '' || line.trimStart().startsWith('#')
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

type Rest<K extends TraceKind> = Omit<Extract<TraceEntry, { readonly kind: K }>, 'kind' | 'at' | 'entry' | 'claimed'>

const statuses: readonly ResultEntry['status'][] = ['Idle', 'Acknowledged', 'Error', 'CommandFormatError', 'NotNow']

/** What each kind has beside what all have. A new kind does not compile until it is here. */
const readers: { readonly [K in TraceKind]: (line: Fields) => Rest<K> } = {
  push: (line) => ({ accepted: line.flag('accepted'), reason: line.textOrNull('reason') }),
  command: (line) => ({
    uuid: line.textOrNull('uuid'),
    requestType: line.text('requestType'),
    ...line.maybe('token', () => line.textOrNull('token')),
    flaws: flawsIn(line),
  }),
  result: (line) => ({
    uuid: line.textOrNull('uuid'),
    status: line.oneOf('status', statuses),
    ...line.maybe('errors', () =>
      line.objects('errors').map((one) => ({ domain: one.text('domain'), code: one.number('code') })),
    ),
    answer: answerIn(line),
  }),
  'check-in': (line) => ({
    messageType: line.text('messageType'),
    ...line.maybe('awaitingConfiguration', () => line.flag('awaitingConfiguration')),
    answer: answerIn(line),
  }),
  tokens: (line) => ({ answer: answerIn(line), ...line.maybe('token', () => line.text('token')) }),
  'declaration-items': (line) => ({
    answer: answerIn(line),
    ...line.maybe('token', () => line.text('token')),
    ...line.maybe('pairs', () => line.objects('pairs').map(pairIn)),
    ...line.maybe('changes', () => {
      const changes = line.object('changes')
      const named = (key: string) => {
        const one = changes.object(key)
        return { count: one.count('count'), names: one.texts('names') }
      }
      return { new: named('new'), changed: named('changed'), gone: named('gone'), known: changes.count('known') }
    }),
  }),
  declaration: (line) => ({
    declaration: line.oneOf('declaration', declarationKinds),
    identifier: line.text('identifier'),
    answer: answerIn(line),
    ...line.maybe('body', () => bodyIn(line.object('body'))),
    ...line.maybe('from', () => line.text('from')),
  }),
  status: (line) => ({
    answer: answerIn(line),
    full: line.flag('full'),
    items: line.texts('items'),
    states: line.get('states') === null ? null : statesIn(line.object('states')),
    supported: line.get('supported') === null ? null : line.texts('supported'),
    content: line.text('content'),
    ...line.maybe('changes', () => {
      const changes = line.object('changes')
      return {
        items: changes.texts('items'),
        conditions: changes.objects('conditions').map((one) => ({
          identifier: one.text('identifier'),
          from: one.textOrNull('from'),
          to: one.textOrNull('to'),
        })),
      }
    }),
  }),
  asset: (line) => ({ url: line.text('url'), answer: answerIn(line) }),
  enrollment: (line) => ({ what: line.texts('what') }),
}

const kinds = Object.keys(readers) as readonly TraceKind[]

function answerIn(line: Fields): Answered {
  const answer = line.object('answer')
  return {
    status: answer.get('status') === null ? null : answer.count('status'),
    length: answer.get('length') === null ? null : answer.count('length'),
    flaws: flawsIn(answer),
    ...answer.maybe('ms', () => answer.number('ms')),
    ...answer.maybe('retryAfter', () => answer.number('retryAfter')),
    ...answer.maybe('code', () => answer.text('code')),
    ...answer.maybe('received', () => answer.count('received')),
  }
}

function flawsIn(line: Fields): readonly WireProblem[] {
  return line.objects('flaws').map((flaw) => ({
    code: flaw.oneOf<WireCode>('code', wireCodes),
    severity: flaw.oneOf('severity', ['error', 'warning'] as const),
    message: flaw.text('message'),
    at: flaw.text('at'),
    ...flaw.maybe('expected', () => flaw.text('expected')),
    ...flaw.maybe('remedy', () => flaw.text('remedy')),
  }))
}

function pairIn(pair: Fields): Pair {
  return {
    kind: pair.oneOf('kind', declarationKinds),
    identifier: pair.text('identifier'),
    serverToken: pair.text('serverToken'),
  }
}

function bodyIn(body: Fields): ServedBody {
  return {
    ...body.maybe('type', () => body.text('type')),
    ...body.maybe('identifier', () => body.text('identifier')),
    ...body.maybe('serverToken', () => body.text('serverToken')),
    content: body.text('content'),
    ...body.maybe('configurations', () => body.texts('configurations')),
  }
}

/** By kind, in the words of a report. */
const REPORTED = {
  activation: 'activations',
  asset: 'assets',
  configuration: 'configurations',
  management: 'management',
} as const

function statesIn(states: Fields): Partial<Record<DeclarationKind, readonly DeclarationState[]>> {
  const present = declarationKinds.filter((kind) => states.get(kind) !== undefined)
  return readDeclarationStates(Object.fromEntries(present.map((kind) => [REPORTED[kind], states.get(kind) ?? []])))
}

/** Why a line cannot be used. */
class Unusable extends Error {
  readonly expected: string

  constructor(message: string, expected: string) {
    super(message)
    this.expected = expected
  }
}

/** An object of a line, read key by key. */
class Fields {
  readonly #object: JsonObject
  readonly #path: string

  /** @param given a line, or an object in one at `path` @throws Unusable */
  constructor(given: string | JsonObject, path = '') {
    const object = typeof given === 'string' ? parsed(given) : given
    if (object === undefined) throw new Unusable('it is no JSON object', 'one JSON object a line')
    this.#object = object
    this.#path = path
  }

  get(key: string): Json | undefined {
    return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined
  }

  /** The key with what is read of it, or nothing where it is absent. */
  maybe<K extends string, V>(key: K, read: () => V): { readonly [Key in K]?: V } {
    return this.get(key) === undefined ? {} : ({ [key]: read() } as { readonly [Key in K]?: V })
  }

  text(key: string): string {
    const value = this.get(key)
    return typeof value === 'string' ? value : this.#refuse(key, 'a string')
  }

  textOrNull(key: string): string | null {
    return this.get(key) === null ? null : this.text(key)
  }

  texts(key: string): readonly string[] {
    const value = this.get(key)
    const all = Array.isArray(value) && value.every((one) => typeof one === 'string')
    return all ? (value as readonly string[]) : this.#refuse(key, 'an array of strings')
  }

  flag(key: string): boolean {
    const value = this.get(key)
    return typeof value === 'boolean' ? value : this.#refuse(key, 'true or false')
  }

  number(key: string): number {
    const value = this.get(key)
    return typeof value === 'number' ? value : this.#refuse(key, 'a number')
  }

  count(key: string): number {
    const value = this.number(key)
    return Number.isSafeInteger(value) && value >= 0 ? value : this.#refuse(key, 'a whole number from 0 on')
  }

  moment(key: string): number {
    const value = this.get(key)
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
    return Number.isNaN(at) ? this.#refuse(key, 'a time as in RFC 3339') : at
  }

  oneOf<T extends string>(key: string, words: readonly T[]): T {
    const value = this.get(key)
    return words.find((word) => word === value) ?? this.#refuse(key, words.join(', '))
  }

  object(key: string): Fields {
    const value = this.get(key) ?? null
    return isJsonObject(value) ? new Fields(value, `${this.#path}${key}.`) : this.#refuse(key, 'an object')
  }

  objects(key: string): readonly Fields[] {
    const value = this.get(key)
    if (!Array.isArray(value)) return this.#refuse(key, 'an array of objects')
    return value.map((one, index) =>
      isJsonObject(one) ? new Fields(one, `${this.#path}${key}.${index}.`) : this.#refuse(key, 'an array of objects'),
    )
  }

  #refuse(key: string, expected: string): never {
    throw new Unusable(
      `${this.#path}${key} is ${this.get(key) === undefined ? 'missing' : 'something else'}`,
      `${this.#path}${key}: ${expected}`,
    )
  }
}
