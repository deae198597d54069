import type { TraceEntry } from '@edict/core'
import { createColors } from 'picocolors'
import { expect, it } from 'vitest'
import { timeline } from './timeline.ts'

const ok = { status: 200, length: 9, flaws: [] }
const START = Date.UTC(2026, 4, 19, 10)

type Placeless<E> = E extends TraceEntry ? Omit<E, 'at' | 'entry'> : never

/** Entries that come a second apart, or so many seconds after the one before. */
function drawn(said: readonly (readonly [number, Placeless<TraceEntry>])[], columns: number | null = null) {
  let at = START
  const entries = said.map(([after, one], index) => {
    at += after * 1000
    return { ...one, at, entry: index + 1 } as TraceEntry
  })
  return timeline(entries, createColors(false), columns)
}

const body = (identifier: string) =>
  ({ kind: 'declaration', declaration: 'configuration', identifier, answer: ok }) as const
const named = (...names: readonly string[]) => ({ count: names.length, names })
const state = (identifier: string, active: boolean) => ({
  identifier,
  'server-token': 's',
  active,
  valid: 'valid' as const,
  reasons: [],
})
const report = {
  kind: 'status',
  full: true,
  items: [],
  states: { configuration: [state('a', true), state('b', false)] },
  supported: null,
  content: 'c',
  changes: { items: [], conditions: [{ identifier: 'a', from: null, to: 'in-force' }] },
  answer: ok,
} as const

const sync: readonly (readonly [number, Placeless<TraceEntry>])[] = [
  [0, { kind: 'push', accepted: true, reason: null }],
  [1, { kind: 'result', uuid: null, status: 'Idle', answer: ok }],
  [0, { kind: 'command', uuid: 'u', requestType: 'DeclarativeManagement', token: 't', flaws: [] }],
  [1, { kind: 'enrollment', what: ['enabled'] }],
  [0, { kind: 'tokens', token: 'abcdefghijk', answer: ok }],
  [
    1,
    {
      kind: 'declaration-items',
      token: 'abcdefghijk',
      answer: ok,
      changes: { new: named('configuration/a'), changed: named(), gone: named('asset/x', 'asset/y'), known: 1 },
    },
  ],
  [1, body('a')],
  [2, report],
]

it('draws time downwards, and what is pushed, commanded, synchronized and reported beside each other', () => {
  expect(drawn(sync)).toEqual([
    '              push    command                           sync                                        status',
    '2026-05-19',
    '10:00:00.000  ◦ push',
    '10:00:01.000          → Idle',
    '10:00:01.000          ← DeclarativeManagement',
    '10:00:02.000          ◆ enabled',
    '10:00:02.000                                            tokens abcdefgh…',
    '10:00:03.000                                            manifest abcdefgh…, 2 items: 1 new, 2 gone',
    '10:00:04.000                                              configuration/a',
    `${'10:00:06.000'.padEnd(100)}full report: 1 of 2 active; a in-force`,
  ])
})

it('says how long nothing was said, and when a day begins', () => {
  const idle = { kind: 'result', uuid: null, status: 'Idle', answer: ok } as const
  expect(
    drawn([
      [0, idle],
      [90, idle],
      [2 * 86_400 + 3 * 3600, idle],
    ]).slice(1),
  ).toEqual([
    '2026-05-19',
    '10:00:00.000          → Idle',
    '              ┆ 1 min 30 s',
    '10:01:30.000          → Idle',
    '              ┆ 2 d 3 h',
    '2026-05-21',
    '13:01:30.000          → Idle',
  ])
})

it('lets a few bodies stand for many, and none for one that failed', () => {
  const bodies = Array.from({ length: 20 }, (_, index) => [0, body(`b${index}`)] as const)
  const lines = drawn([...bodies, [0, { ...body('gone'), answer: { ...ok, status: 404, code: 'declaration-gone' } }]])
  expect(lines.map((line) => line.slice(14).trim()).slice(2)).toEqual([
    'configuration/b0',
    'configuration/b1',
    'configuration/b2',
    'configuration/b3',
    '… and 16 more',
    'configuration/gone 404 declaration-gone',
  ])
})

it('says why something failed, how slow it was, and that somebody else only claimed to be the device', () => {
  const said: readonly (readonly [number, Placeless<TraceEntry>])[] = [
    [0, { kind: 'push', accepted: false, reason: 'Unregistered' }],
    [0, { kind: 'result', uuid: 'u', status: 'Error', errors: [{ domain: 'D', code: 7 }], answer: ok }],
    [0, { kind: 'tokens', answer: { ...ok, status: 503, ms: 2500, code: 'store-unavailable' } }],
    [
      0,
      {
        kind: 'check-in',
        messageType: 'TokenUpdate',
        claimed: 3,
        answer: { ...ok, status: 400, code: 'identity-mismatch' },
      },
    ],
  ]
  expect(
    drawn(said)
      .map((line) => line.slice(14).trim())
      .slice(2),
  ).toEqual([
    '✗ push Unregistered',
    '→ Error D 7',
    'tokens – 503 store-unavailable, took 2 s',
    '→ TokenUpdate 400 identity-mismatch, by somebody else (3 times)',
  ])
})

it('fits a terminal, and nothing that a device says steers it', () => {
  const lines = drawn([...sync, [0, body(`\u001b[2J${'long'.repeat(50)}`)]], 80)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
  expect(lines.at(-1)).toContain('·[2J')
  expect(lines.at(-1)).toMatch(/…$/)
})
