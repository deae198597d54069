import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { groups } from './check.ts'
import { bodyTooLarge } from './checks/body-too-large.ts'
import { changeSeen } from './checks/change-seen.ts'
import { changeServed } from './checks/change-served.ts'
import { changeToken } from './checks/change-token.ts'
import { framing } from './checks/framing.ts'
import { identityMismatch } from './checks/identity-mismatch.ts'
import { statusLarge } from './checks/status-large.ts'
import { checks } from './checks.ts'
import type { Came, Exchange } from './exchange.ts'
import type { Listed } from './listed.ts'

const octets = (text: string) => new TextEncoder().encode(text)
const sent = {
  what: 'something',
  to: 'check-in',
  type: 'application/x-apple-aspen-mdm-checkin',
  body: octets(''),
} as const

function answer(status: number, json: unknown = '', headers: Came['headers'] = { 'content-length': '1' }): Exchange {
  const body = octets(json === '' ? '' : JSON.stringify(json))
  return { sent, came: { status, headers, body, reused: true }, failure: null }
}

const unanswered = (failure: string): Exchange => ({ sent, came: null, failure })

const listed: Listed = { kind: 'configuration', identifier: 'one', serverToken: 'a' }
const empty = { Activations: [], Assets: [], Configurations: [], Management: [] }
const manifest = (DeclarationsToken: string, ServerToken: string) =>
  answer(200, { Declarations: { ...empty, Configurations: [{ Identifier: 'one', ServerToken }] }, DeclarationsToken })
const tokens = (DeclarationsToken: string) =>
  answer(200, { SyncTokens: { DeclarationsToken, Timestamp: '2026-01-01T00:00:00Z' } })
const before = { token: 't', listed: [listed] }
const declaration = (ServerToken: string) =>
  answer(200, { Type: 'com.apple.configuration.management.test', Identifier: 'one', ServerToken, Payload: {} })
const nothing = { before, served: [], tokens: tokens('t'), after: manifest('t', 'a') }

/** A check, an answer of the server, and whether it is as it must be. */
const judgements = [
  ['a 413', bodyTooLarge.judge(answer(413)), true],
  ['a connection that ends', bodyTooLarge.judge(unanswered('ECONNRESET')), true],
  ['a body that is read for ever', bodyTooLarge.judge(unanswered('none within 30 s')), false],
  ['a body that is taken whatever its size', bodyTooLarge.judge(answer(200)), false],
  ['a large report that is taken', statusLarge.judge(answer(200)), true],
  ['a large report that is refused', statusLarge.judge(answer(413)), false],
  ['another name that is refused', identityMismatch.judge([answer(400), answer(403)]), true],
  ['another name that is believed', identityMismatch.judge([answer(400), answer(200)]), false],
  ['another name at which a server fails', identityMismatch.judge([answer(500)]), false],
  ['another name that is answered 401', identityMismatch.judge([answer(401)]), false],
  ['a length', framing.judge([answer(200)]), true],
  ['chunks', framing.judge([answer(200, '', { 'transfer-encoding': 'chunked' })]), true],
  ['an answer that ends with its connection', framing.judge([answer(200, 'x', {})]), false],
  [
    'what was promised, or its absence',
    changeServed.judge({
      ...nothing,
      served: [
        { listed, exchange: declaration('a') },
        { listed, exchange: answer(404) },
      ],
    }),
    true,
  ],
  [
    'new content under an old pair',
    changeServed.judge({ ...nothing, served: [{ listed, exchange: declaration('b') }] }),
    false,
  ],
  [
    'a failure for what was promised',
    changeServed.judge({ ...nothing, served: [{ listed, exchange: answer(500) }] }),
    false,
  ],
  ['a token that stays with its pairs', changeToken.judge(nothing), true],
  ['a token that changes with its pairs', changeToken.judge({ ...nothing, after: manifest('u', 'b') }), true],
  ['a token that stays while the pairs change', changeToken.judge({ ...nothing, after: manifest('t', 'b') }), false],
  ['a token that changes while the pairs stay', changeToken.judge({ ...nothing, after: manifest('u', 'a') }), false],
  ['a change that tokens tell', changeSeen.judge({ ...nothing, tokens: tokens('u') }), true],
  ['a change that tokens do not tell', changeSeen.judge(nothing), false],
] as const

it.each(judgements)('%s is judged', (_, flaws, isRight) => {
  expect(flaws.length === 0, JSON.stringify(flaws)).toBe(isRight)
})

describe('the checks', () => {
  it('have a code each, and stand in the order of their groups', () => {
    const codes = checks.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    const order = checks.map(({ group }) => Object.keys(groups).indexOf(group))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  })

  it('stand in docs/conformance.md as they are', async () => {
    const page = await readFile(new URL('../../../../docs/conformance.md', import.meta.url), 'utf8')
    const rows = checks.map(({ code, must, severity, source }) => `| \`${code}\` | ${must} | ${severity} | ${source} |`)
    expect(page.split('\n').filter((line) => /^\| `.* (?:error|warning) \|/.test(line))).toEqual(rows)
  })
})
