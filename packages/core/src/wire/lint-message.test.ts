import {
  declarativeManagementCommand,
  encodeCheckIn,
  encodeCommand,
  encodeConnect,
  encodeDeclaration,
  encodeDeclarationItems,
  encodeStatusReport,
  encodeTokensResponse,
} from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintMessage } from './lint-message.ts'
import { jsonKinds, plistKinds } from './message.ts'
import { wireRules } from './rules.ts'
import { codes, octets } from './testing/found.ts'
import { json, sound, soundPlists } from './testing/sound.ts'
import { wireCodes } from './wire-problem.ts'

describe('lintMessage', () => {
  it('tells what a message is by its content', () => {
    const { ServerToken: _, ...draft } = sound.declaration
    expect(lintMessage(octets(json(sound.tokens))).kind).toBe('tokens')
    expect(lintMessage(octets(json(sound.manifest))).kind).toBe('declaration-items')
    expect(lintMessage(octets(json(sound.declaration))).kind).toBe('declaration')
    expect(lintMessage(octets(json(draft))).kind).toBe('draft')
    expect(lintMessage(octets(json([draft]))).kind).toBe('drafts')
    expect(lintMessage(octets(json(sound.status))).kind).toBe('status')
    expect(lintMessage(octets({ plist: soundPlists.command })).kind).toBe('command')
    expect(lintMessage(octets({ plist: soundPlists.asking })).kind).toBe('check-in')
    expect(lintMessage(octets({ plist: soundPlists.result })).kind).toBe('connect')
    expect(lintMessage(octets({ plist: { ...soundPlists.result, RequestType: 'DeviceInformation' } })).kind).toBe(
      'connect',
    )
    expect(lintMessage(octets({ plist: { PayloadType: 'Configuration' } })).kind).toBe('profile')
    expect(lintMessage(Uint8Array.of(0x30, 0x82, 1, 2)).kind).toBe('profile')
  })

  it('has nothing to say of sound messages', () => {
    for (const message of Object.values(sound)) expect(codes(json(message))).toEqual([])
    for (const plist of Object.values(soundPlists)) expect(codes({ plist })).toEqual([])
  })

  it('has nothing to say of what our own server and devices write', () => {
    const { Type, Identifier, ServerToken, Payload } = sound.declaration
    const tokens = encodeTokensResponse(sound.tokens)
    const written = [
      tokens,
      encodeDeclarationItems(sound.manifest),
      encodeDeclaration({ Type, Identifier, ServerToken, Payload }),
      encodeCommand(declarativeManagementCommand('u1', tokens)),
      encodeCheckIn({ MessageType: 'DeclarativeManagement', UDID: 'a', Endpoint: { kind: 'tokens' } }),
      encodeStatusReport({ StatusItems: sound.status.StatusItems, Errors: [], FullReport: true }),
      encodeConnect({ Status: 'Idle', UDID: 'a' }),
    ]
    for (const bytes of written) expect(lintMessage(bytes).problems).toEqual([])
  })

  it('has nothing to say of the manifest of the trace in which an iPad fetched nothing', () => {
    const Activations = [{ Identifier: 'update-on', ServerToken: 'v1-1f' }]
    const Configurations = [{ Identifier: 'update', ServerToken: 'v1-2e' }]
    const DeclarationsToken = 'a3'.repeat(32)
    const manifest = { Declarations: { Activations, Configurations, Assets: [], Management: [] }, DeclarationsToken }
    const tokens = { SyncTokens: { DeclarationsToken, Timestamp: '2026-05-19T08:00:00Z' } }
    expect(codes(json(manifest), { tokens: octets(json(tokens)) })).toEqual([])
  })

  it('never throws, and gives places inside the text, whatever the octets are', () => {
    const kinds = fc.option(fc.constantFrom(...jsonKinds, ...plistKinds), { nil: undefined })
    const texts = [...Object.values(sound).map(json), ...Object.values(soundPlists).map((plist) => octets({ plist }))]
    const seeds = texts.map((text) => (typeof text === 'string' ? octets(text) : text))
    const broken = fc
      .tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(60), fc.oneof(fc.uint8Array({ maxLength: 4 }), quoted))
      .map(([seed, at, cut, put]) => {
        const from = at % (seed.length + 1)
        return Uint8Array.of(...seed.subarray(0, from), ...put, ...seed.subarray(from + (cut % 8)))
      })
    const anything = fc.oneof(broken, fc.uint8Array({ maxLength: 40 }), fc.json().map(octets))
    fc.assert(
      fc.property(anything, kinds, (bytes, kind) => {
        const { problems, text } = lintMessage(bytes, kind === undefined ? {} : { kind })
        const lines = text?.split('\n') ?? []
        for (const { place } of problems) {
          if (place === undefined) continue
          expect(place.column).toBeLessThanOrEqual((lines[place.line - 1] ?? '').length + 1)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('ends soon on hostile text', () => {
    const start = process.threadCpuUsage()
    const many = 200_000
    lintMessage(octets(`{"Predicate": "${'"a" '.repeat(many)}`))
    lintMessage(octets('“'.repeat(many)))
    lintMessage(octets(`{"a":"b"${' '.repeat(many)}x"}`))
    lintMessage(
      octets(json({ StatusItems: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`i${n}`, n])) })),
    )
    const { user, system } = process.threadCpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(10_000)
  })
})

const quoted = fc.constantFrom('"', '”', "'", ',', '<key>', '</dict>', '\n').map((text) => octets(text))

describe('the list of checks', () => {
  it('has every code once, and a sentence for each', () => {
    expect(wireRules.map(({ code }) => code).sort()).toEqual([...wireCodes])
    for (const { finds } of wireRules) expect(finds).not.toMatch(/\.$/)
  })
})
