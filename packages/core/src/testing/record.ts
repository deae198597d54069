import type { DeclarationKind, DeclarationState } from '@edict/protocol'
import type { Answered, Pair, ServedBody, TraceEntry } from '../diagnosis/trace-entry.ts'
import type { WireProblem } from '../wire/wire-problem.ts'
import { MINUTE, NOW } from './channel-of.ts'

type Placeless<S> = S extends TraceEntry ? Omit<S, 'at' | 'entry'> & { readonly after?: number } : never

/** Without its place in the record. */
export type Saying = Placeless<TraceEntry>

/** A record, a second between two entries unless one says how long `after` the one before it came, in milliseconds. */
export function record(...said: readonly Saying[]): readonly TraceEntry[] {
  let at = NOW
  return said.map(({ after = 1000, ...one }, index) => {
    at += index === 0 ? 0 : after
    return { ...one, at, entry: index + 1 } as TraceEntry
  })
}

export const ok: Answered = { status: 200, length: 100, flaws: [] }

export function answer(status: number, length = 0): Answered {
  return { status, length, flaws: [] }
}

export function flawed(code: WireProblem['code'], at = '', length = 100): Answered {
  return { status: 200, length, flaws: [flaw(code, at)] }
}

function flaw(code: WireProblem['code'], at = ''): WireProblem {
  return { code, severity: 'error', message: `Cannot read it: ${code}`, at }
}

export const authenticate = { kind: 'check-in', messageType: 'Authenticate', answer: ok } as const
export const tokenUpdate = { kind: 'check-in', messageType: 'TokenUpdate', answer: ok } as const
export const push = { kind: 'push', accepted: true, reason: null } as const
export const idle = { kind: 'result', uuid: null, status: 'Idle', answer: ok } as const
export const offer = {
  kind: 'command',
  uuid: 'c1',
  requestType: 'DeclarativeManagement',
  token: null,
  flaws: [],
} as const
export const acknowledged = { kind: 'result', uuid: 'c1', status: 'Acknowledged', answer: ok } as const

export const ON: Pair = { kind: 'activation', identifier: 'on', serverToken: 'a1' }
export const WIFI: Pair = { kind: 'configuration', identifier: 'wifi', serverToken: 'w1' }

export function tokens(token: string, given: Answered = ok) {
  return { kind: 'tokens', token, answer: given } as const
}

export function manifest(token: string, pairs: readonly Pair[] = [ON, WIFI], given: Answered = ok) {
  return { kind: 'declaration-items', token, pairs, answer: given } as const
}

export function fetched({ kind, identifier, serverToken }: Pair, body: Partial<ServedBody> = {}, given: Answered = ok) {
  return {
    kind: 'declaration',
    declaration: kind,
    identifier,
    answer: given,
    body: { identifier, serverToken, content: `${identifier} ${serverToken}`, ...body },
  } as const
}

export type Stated = Partial<Omit<DeclarationState, 'identifier' | 'server-token'>>

/** A report of the states of pairs: active and valid unless told otherwise by the identifier. */
export function report(pairs: readonly Pair[], told: Readonly<Record<string, Stated>> = {}, given: Answered = ok) {
  const states: Partial<Record<DeclarationKind, DeclarationState[]>> = {
    activation: [],
    asset: [],
    configuration: [],
    management: [],
  }
  for (const { kind, identifier, serverToken } of pairs) {
    const stated: Stated = { active: kind !== 'management', valid: 'valid', reasons: [], ...told[identifier] }
    states[kind]?.push({ identifier, 'server-token': serverToken, ...(stated as Required<Stated>) })
  }
  const content = JSON.stringify(states)
  return {
    kind: 'status',
    full: false,
    items: ['management'],
    states,
    supported: null,
    content,
    answer: given,
  } as const
}

/** From enrolling to everything in force. */
export const healthy = [
  authenticate,
  tokenUpdate,
  push,
  idle,
  offer,
  acknowledged,
  tokens('t1'),
  manifest('t1'),
  fetched(ON),
  fetched(WIFI),
  report([ON, WIFI]),
] as const

export { MINUTE }
