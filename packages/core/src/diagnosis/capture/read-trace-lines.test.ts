import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecord } from './read-record.ts'
import { readTraceLines } from './read-trace-lines.ts'

const AT = '2026-05-19T10:00:00.000Z'
const answer = { status: 200, length: 12, flaws: [], ms: 3.5 }
const entry = (rest: object) => ({ enrollment: 'A', entry: 7, at: AT, ...rest })
const text = (...lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).join('\n')
const read = (...lines: readonly object[]) => readTraceLines(text(...lines))

/** One of each kind, with everything that it can have. */
const all = [
  { kind: 'push', accepted: false, reason: 'Unregistered' },
  { kind: 'command', uuid: 'U', requestType: 'DeclarativeManagement', token: 't', flaws: [] },
  { kind: 'result', uuid: 'U', status: 'Error', errors: [{ domain: 'MCMDMErrorDomain', code: 12 }], answer },
  { kind: 'check-in', messageType: 'TokenUpdate', awaitingConfiguration: true, answer },
  {
    kind: 'tokens',
    token: 't',
    answer: {
      ...answer,
      retryAfter: 10,
      code: 'store-unavailable',
      received: 400,
      flaws: [{ code: 'key-case', severity: 'error', message: 'Cannot', at: '/a', expected: 'b', remedy: 'c' }],
    },
  },
  {
    kind: 'declaration-items',
    token: 't',
    answer,
    pairs: [{ kind: 'asset', identifier: 'i', serverToken: 's' }],
    changes: {
      new: { count: 1, names: ['asset/i'] },
      changed: { count: 0, names: [] },
      gone: { count: 0, names: [] },
      known: 0,
    },
  },
  {
    kind: 'declaration',
    declaration: 'activation',
    identifier: 'i',
    answer,
    from: 't',
    body: { type: 'T', identifier: 'i', serverToken: 's', content: 'c', configurations: ['d'] },
  },
  {
    kind: 'status',
    answer,
    full: true,
    items: ['device'],
    states: {
      configuration: [
        { identifier: 'i', 'server-token': 's', active: true, valid: 'valid', reasons: [{ code: 'Info.Predicate' }] },
      ],
    },
    supported: ['com.apple.configuration.passcode.settings'],
    content: 'c',
    changes: { items: ['device'], conditions: [{ identifier: 'i', from: null, to: 'in-force' }] },
  },
  { kind: 'asset', url: 'https://a/b', answer },
  { kind: 'enrollment', what: ['enabled'] },
].map(entry)

it('everything that a trace can have comes back as it was', () => {
  const { conversations, problems } = read(...all)
  expect(problems).toEqual([])
  const said = all.map(({ enrollment: _enrollment, at: _at, ...one }) => ({ ...one, at: Date.parse(AT) }))
  expect(conversations).toEqual([{ channel: 'A', said, beside: {} }])
})

it('what somebody only claimed is told as that', () => {
  expect(read({ ...all[3], claimed: 4 }).conversations[0]?.said).toMatchObject([{ claimed: 4 }])
})

it('each channel is by itself, and one without a name too', () => {
  const { conversations } = read(
    entry(all[0] ?? {}),
    { ...all[0], enrollment: 'B' },
    { ...all[0], enrollment: undefined },
  )
  expect(conversations.map(({ channel }) => channel)).toEqual(['A', 'B', null])
})

describe('the line that says when it was exported', () => {
  const exported = (at: string) => ({ enrollment: 'A', kind: 'exported', at, wanted: 't' })

  it('says when it is looked at, and what the channel should have', () => {
    const [one] = read(all[0] ?? {}, exported('2026-05-19T11:00:00Z')).conversations
    expect(one?.beside).toEqual({ now: Date.UTC(2026, 4, 19, 11), wanted: 't' })
  })

  it('counts no more when something was said later', () => {
    const later = { ...all[0], at: '2026-05-19T12:00:00Z' }
    expect(read(exported('2026-05-19T11:00:00Z'), later).conversations[0]?.beside).toEqual({})
  })

  it('alone is no conversation', () => {
    expect(read(exported(AT)).conversations).toEqual([])
  })
})

describe('a line that cannot be used is told with its place, and the others are used:', () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ['a kind that is none', { ...all[0], kind: 'shout' }, 'kind: push,'],
    ['no time', { ...all[0], at: 'noon' }, 'at: a time'],
    ['a flag that is none', { ...all[0], accepted: 'no' }, 'accepted: true or false'],
    ['no answer', { ...all[3], answer: 5 }, 'answer: an object'],
    ['a status that is no number', { ...all[3], answer: { ...answer, status: '200' } }, 'answer.status: a number'],
    ['a pair that is none', { ...all[5], pairs: [{ kind: 'asset' }] }, 'pairs.0.identifier: a string'],
    ['a flaw that is not known', { ...all[1], flaws: [{ code: 'nonsense' }] }, 'flaws.0.code: '],
    ['an entry that counts nothing', { ...all[0], entry: -1 }, 'entry: a whole number'],
  ]
  it.each(cases)('%s', (_name, line, expected) => {
    const { conversations, problems } = read(line, all[0] ?? {})
    expect(conversations[0]?.said).toHaveLength(1)
    expect(problems).toMatchObject([
      { entry: 1, message: expect.stringContaining('Cannot use line 1'), expected: expect.stringContaining(expected) },
    ])
  })
})

it('is told from a record of messages by its first line', () => {
  const message = { at: AT, direction: 'request', endpoint: 'checkin', body: '<plist/>', kind: 'odd' }
  expect(readRecord(`# a remark\n\n${text(...all)}`).conversations[0]?.said).toHaveLength(all.length)
  expect(readRecord(text(message)).problems).toEqual([])
})

it('nothing that stands in a file makes it throw, and no line is lost without a word', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .tuple(
        fc.constantFrom(...all),
        fc.dictionary(fc.constantFrom('at', 'kind', 'answer', 'flaws', 'states'), fc.jsonValue()),
      )
      .map(([line, other]) => JSON.stringify({ ...line, ...other })),
  )
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 10 }), (lines) => {
      const file = lines.join('\n')
      const { conversations, problems } = readTraceLines(file)
      const used = conversations.reduce((sum, { said }) => sum + said.length, 0)
      const written = file.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))
      const exports = written.filter((line) => line.includes('"exported"')).length
      expect(used + problems.length).toBeGreaterThanOrEqual(written.length - exports)
    }),
  )
})
