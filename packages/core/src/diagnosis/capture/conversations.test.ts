import { readFileSync } from 'node:fs'
import { encodePlist, type PlistDict } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import type { Captured } from './captured.ts'
import { conversations } from './conversations.ts'
import { readCapture } from './read-capture.ts'

let entry = 0
const message = (but: Partial<Captured>): Captured => {
  entry += 1
  return {
    entry,
    at: entry * 1000,
    direction: 'request',
    endpoint: 'checkin',
    status: null,
    headers: {},
    body: null,
    ...but,
  }
}
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const checkIn = (plist: PlistDict, but: Partial<Captured> = {}) =>
  message({ body: encodePlist({ MessageType: 'DeclarativeManagement', UDID: 'A', ...plist }), ...but })
const response = (body: Uint8Array | null, but: Partial<Captured> = {}) =>
  message({ direction: 'response', status: 200, body, ...but })
const said = (...messages: Captured[]) => conversations(messages)[0]?.said ?? []

const tokens = bytes({ SyncTokens: { DeclarationsToken: 't1', Timestamp: '2026-05-19T10:00:00Z' } })
const manifest = bytes({
  Declarations: {
    Activations: [{ Identifier: 'on', ServerToken: 'a1' }],
    Assets: [],
    Configurations: [],
    Management: [],
  },
  DeclarationsToken: 't1',
})

describe('an exchange', () => {
  it('of tokens has the token', () => {
    expect(said(checkIn({ Endpoint: 'tokens' }), response(tokens))).toMatchObject([
      { kind: 'tokens', token: 't1', answer: { status: 200, flaws: [] } },
    ])
  })

  it('of declaration-items has the pairs', () => {
    expect(said(checkIn({ Endpoint: 'declaration-items' }), response(manifest))).toMatchObject([
      { kind: 'declaration-items', token: 't1', pairs: [{ kind: 'activation', identifier: 'on', serverToken: 'a1' }] },
    ])
  })

  it('of a declaration has what was asked and what came, compared with the manifest', () => {
    const body = bytes({
      Type: 'com.apple.activation.simple',
      Identifier: 'on',
      ServerToken: 'a2',
      Payload: { StandardConfigurations: ['wifi'] },
    })
    const [, , one] = said(
      checkIn({ Endpoint: 'declaration-items' }),
      response(manifest),
      checkIn({ Endpoint: 'declaration/activation/on' }),
      response(body),
      checkIn({ Endpoint: 'declaration/activation/on' }),
      response(body),
    )
    expect(one).toMatchObject({
      kind: 'declaration',
      identifier: 'on',
      body: { serverToken: 'a2', configurations: ['wifi'] },
      answer: { flaws: [{ code: 'server-token-differs' }] },
    })
  })

  it('of a report has what it says about declarations', () => {
    const report = {
      StatusItems: {
        management: {
          declarations: {
            activations: [{ identifier: 'on', 'server-token': 'a1', active: true, valid: 'valid' }],
            assets: [],
            configurations: [],
            management: [],
          },
        },
      },
      Errors: [],
      FullReport: true,
    }
    expect(said(checkIn({ Endpoint: 'status', Data: bytes(report) }), response(null))).toMatchObject([
      {
        kind: 'status',
        full: true,
        items: ['management'],
        states: { activation: [{ identifier: 'on', active: true }] },
      },
    ])
  })

  it('of a command has it after what the device said, with the token in its Data', () => {
    const command = encodePlist({
      CommandUUID: 'C',
      Command: { RequestType: 'DeclarativeManagement', Data: tokens },
    })
    const idle = message({ endpoint: 'connect', body: encodePlist({ UDID: 'A', Status: 'Idle' }) })
    expect(said(idle, response(command, { endpoint: 'connect' }))).toMatchObject([
      { kind: 'result', status: 'Idle' },
      { kind: 'command', uuid: 'C', requestType: 'DeclarativeManagement', token: 't1' },
    ])
  })

  it('that was not answered says so', () => {
    expect(said(checkIn({ Endpoint: 'tokens' }))).toMatchObject([{ kind: 'tokens', answer: { status: null } }])
  })
})

describe('a record', () => {
  it('may begin with a response', () => {
    const command = encodePlist({ CommandUUID: 'C', Command: { RequestType: 'DeclarativeManagement' } })
    const result = message({
      endpoint: 'connect',
      body: encodePlist({ UDID: 'A', Status: 'Acknowledged', CommandUUID: 'C' }),
    })
    expect(said(response(command, { endpoint: 'connect' }), result).map(({ kind }) => kind)).toEqual([
      'command',
      'result',
    ])
  })

  it('of several devices is told apart, also where their requests overlap', () => {
    const heard = conversations([
      checkIn({ Endpoint: 'tokens', UDID: 'A' }, { exchange: '1' }),
      checkIn({ Endpoint: 'declaration-items', UDID: 'B' }, { exchange: '2' }),
      response(manifest, { exchange: '2' }),
      response(tokens, { exchange: '1' }),
    ])
    expect(heard).toMatchObject([
      { channel: 'A', said: [{ kind: 'tokens', token: 't1' }] },
      { channel: 'B', said: [{ kind: 'declaration-items', token: 't1' }] },
    ])
  })

  it('tells a user channel from its device', () => {
    const heard = conversations([
      checkIn({ Endpoint: 'tokens', UDID: 'A' }),
      checkIn({ Endpoint: 'tokens', UDID: 'A', UserID: 'U', UserShortName: 'ada' }),
    ])
    expect(heard.map(({ channel }) => channel)).toEqual(['A', 'A:U'])
  })

  it('of whatever octets is diagnosed, and nothing is thrown', () => {
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string().map((text) => new TextEncoder().encode(text)),
      fc.json().map((text) => new TextEncoder().encode(text)),
      fc.constantFrom(tokens, manifest, encodePlist({ MessageType: 'DeclarativeManagement', Endpoint: 'tokens' })),
      fc
        .string()
        .map((Endpoint) =>
          encodePlist({ MessageType: 'DeclarativeManagement', UDID: 'A', Endpoint: Endpoint.replace(/[^ -~]/g, '') }),
        ),
    )
    const messages = fc.array(
      fc.record({
        direction: fc.constantFrom('request' as const, 'response' as const),
        endpoint: fc.constantFrom('checkin' as const, 'connect' as const, 'asset' as const),
        status: fc.constantFrom(200, 204, 400, 401, 500),
        body: fc.option(octets),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(messages, (recorded) => {
        for (const { said: heard } of conversations(recorded.map(message))) diagnose(heard)
      }),
    )
  })
})

it('the exchange of the forum is explained: what was known, then what could not be read, then a back-off, then Setup Assistant', () => {
  const file = new URL('../../../../../examples/silent/forum.jsonl', import.meta.url)
  const { messages, problems } = readCapture(readFileSync(file, 'utf8'))
  expect(problems).toEqual([])
  const [one] = conversations(messages)
  const { stage, healthy, causes, findings } = diagnose(one?.said ?? [])
  expect({ stage, healthy }).toEqual({ stage: 'manifest-nothing-fetched', healthy: false })
  expect(causes.map(({ code }) => code)).toEqual([
    'all-pairs-already-known',
    'manifest-unreadable',
    'engine-backed-off',
    'awaiting-configuration',
  ])
  for (const { decides } of causes) expect(decides).toBeDefined()
  expect(findings.map(({ code }) => code)).toEqual([
    'empty-array-is-legal',
    'equal-tokens-are-right',
    'no-linkage-needed',
    'what-to-log',
  ])
})
