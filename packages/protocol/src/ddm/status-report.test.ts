import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../errors.ts'
import { readClientCapabilities } from './client-capabilities.ts'
import { readDeclarationStates } from './declaration-states.ts'
import { isRemoved } from './is-removed.ts'
import { reasonIdentifiers } from './status-reason.ts'
import { decodeStatusReport, encodeStatusReport, type StatusReport } from './status-report.ts'

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value, null, 2))

const state = { identifier: 'a', 'server-token': 't', active: true, valid: 'valid', reasons: [] }

describe('a StatusReport', () => {
  it('is read as it was written', () => {
    const report: StatusReport = {
      StatusItems: { device: { model: { family: 'iPad' } }, passcode: { 'is-present': true } },
      Errors: [
        { StatusItem: 'test.error-value', Reasons: [{ Code: 'Error.Test', Description: 'x', Details: { a: [1] } }] },
        { StatusItem: 'test.other', Reasons: [] },
      ],
      FullReport: true,
    }
    expect(decodeStatusReport(encodeStatusReport(report))).toStrictEqual(report)
  })

  it('is complete when FullReport stands in either place', () => {
    expect(decodeStatusReport(bytes({ StatusItems: {}, Errors: [], FullReport: true })).FullReport).toBe(true)
    expect(decodeStatusReport(bytes({ StatusItems: { FullReport: true, a: 1 }, Errors: [] }))).toStrictEqual({
      StatusItems: { a: 1 },
      Errors: [],
      FullReport: true,
    })
    expect(decodeStatusReport(bytes({ StatusItems: {} }))).toStrictEqual({
      StatusItems: {},
      Errors: [],
      FullReport: false,
    })
  })

  it('keeps the keys it does not know, and errors of another shape', () => {
    const report = decodeStatusReport(
      bytes({ StatusItems: { 'com.example': { x: 1 } }, Errors: ['test.a', 7, { Reasons: 'x' }], More: { y: 2 } }),
    )
    expect(report).toStrictEqual({
      StatusItems: { 'com.example': { x: 1 } },
      Errors: [{ StatusItem: 'test.a', Reasons: [] }],
      FullReport: false,
      unreadErrors: [7, { Reasons: 'x' }],
      otherKeys: { More: { y: 2 } },
    })
    expect(decodeStatusReport(encodeStatusReport(report))).toStrictEqual(report)
  })

  it('takes one reason where an array of them is documented', () => {
    const read = (Reasons: unknown) => decodeStatusReport(bytes({ Errors: [{ StatusItem: 'a', Reasons }] })).Errors
    expect(read('Error.X')).toEqual([{ StatusItem: 'a', Reasons: [{ Code: 'Error.X' }] }])
    expect(read({ Code: 'Error.X' })).toEqual([{ StatusItem: 'a', Reasons: [{ Code: 'Error.X' }] }])
  })

  it('rounds integers that are too large, rather than be lost', () => {
    const octets = new TextEncoder().encode('{"StatusItems":{"test":{"integer-value":9223372036854775807}}}')
    expect(decodeStatusReport(octets).StatusItems).toEqual({ test: { 'integer-value': 2 ** 63 } })
  })

  it.each([[{}], [[]], ['x'], [{ a: 1 }], [{ StatusItems: [] }], [{ StatusItems: 'x' }]])('%j is none', (value) => {
    expect(() => decodeStatusReport(bytes(value))).toThrow(ProtocolError)
  })
})

describe('management.declarations', () => {
  it('is read by kind, only what is present', () => {
    expect(readDeclarationStates({ activations: [state], management: [] })).toStrictEqual({
      activation: [state],
      management: [],
    })
    expect(readDeclarationStates('x')).toStrictEqual({})
  })

  it('keeps one identifier twice, with the old and the new token', () => {
    const old = { ...state, 'server-token': 't0', active: false }
    expect(readDeclarationStates({ configurations: [old, state] }).configuration).toStrictEqual([old, state])
  })

  it('gives what is missing or of another type its weakest meaning', () => {
    expect(
      readDeclarationStates({ assets: [{ identifier: 'a', valid: 'maybe', active: 1 }, { active: true }, 7] }),
    ).toEqual({
      asset: [{ identifier: 'a', 'server-token': '', active: false, valid: 'unknown', reasons: [] }],
    })
  })

  it('reads reasons, with identifiers as array or as string', () => {
    const reasons = [
      { code: 'Error.MissingConfigurations', description: 'x', details: { ConfigurationIdentifiers: 'b, a' } },
      { code: 'Error.MissingAssets', details: { AssetIdentifiers: ['c'] } },
    ]
    const read = readDeclarationStates({ activations: [{ ...state, reasons }] }).activation?.[0]?.reasons ?? []
    expect(read).toStrictEqual(reasons)
    expect(read.map((reason) => reasonIdentifiers(reason, 'ConfigurationIdentifiers'))).toEqual([['b', 'a'], []])
    expect(read.map((reason) => reasonIdentifiers(reason, 'AssetIdentifiers'))).toEqual([[], ['c']])
    expect(readDeclarationStates({ assets: { ...state, reasons: 'Error.X' } }).asset?.[0]?.reasons).toEqual([
      { code: 'Error.X' },
    ])
  })
})

describe('management.client-capabilities', () => {
  it('is read with strings where arrays are documented, and absence as nothing', () => {
    const read = readClientCapabilities({
      'supported-versions': '1.0.0',
      'supported-features': { x: {} },
      'supported-payloads': {
        declarations: { activations: ['com.apple.activation.simple'], assets: 'com.apple.asset.data' },
        'status-items': ['device.model.family', 7],
      },
    })
    expect(read).toStrictEqual({
      supportedVersions: ['1.0.0'],
      supportedFeatures: { x: {} },
      declarations: {
        activation: ['com.apple.activation.simple'],
        asset: ['com.apple.asset.data'],
        configuration: [],
        management: [],
      },
      statusItems: ['device.model.family'],
    })
    expect(readClientCapabilities(null).statusItems).toEqual([])
  })
})

describe('any JSON at all', () => {
  it('is a report or refused, and never breaks a reader', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (StatusItems, Errors, FullReport) => {
        try {
          const report = decodeStatusReport(bytes({ StatusItems, Errors, FullReport }))
          expect(decodeStatusReport(encodeStatusReport(report))).toEqual(report)
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
        const value = JSON.parse(JSON.stringify(Errors))
        readDeclarationStates(value)
        readDeclarationStates({ activations: value, assets: [value] })
        readClientCapabilities({ 'supported-payloads': value, 'supported-versions': value })
      }),
    )
  })
})

describe('isRemoved', () => {
  it('takes both spellings, and only true', () => {
    expect(isRemoved({ identifier: 'a', _removed: true })).toBe(true)
    expect(isRemoved({ identifier: 'a', removed: true })).toBe(true)
    expect(isRemoved({ identifier: 'a', _removed: 'true' })).toBe(false)
    expect(isRemoved({ identifier: 'a' })).toBe(false)
  })
})
