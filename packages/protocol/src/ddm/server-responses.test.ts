import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Declaration, decodeDeclaration, encodeDeclaration } from './declaration.ts'
import { type DeclarationItemsResponse, decodeDeclarationItems, encodeDeclarationItems } from './declaration-items.ts'
import { decodeTokensResponse, encodeTokensResponse, type TokensResponse } from './tokens.ts'

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const text = (octets: Uint8Array) => new TextDecoder().decode(octets)
const item = { Identifier: 'a', ServerToken: 't' }
const none = { Activations: [], Assets: [], Configurations: [], Management: [] }

function code(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return (error as { code?: unknown }).code
  }
  return 'none'
}

describe('a TokensResponse', () => {
  const response: TokensResponse = { SyncTokens: { DeclarationsToken: 'T', Timestamp: '2026-05-19T10:00:00Z' } }

  it('is read as it was written, strictly', () => {
    expect(decodeTokensResponse(encodeTokensResponse(response), 'strict')).toStrictEqual(response)
    expect(text(encodeTokensResponse(response))).toBe(
      '{"SyncTokens":{"DeclarationsToken":"T","Timestamp":"2026-05-19T10:00:00Z"}}',
    )
  })

  it('is not written as a strict device would refuse it', () => {
    const write = (DeclarationsToken: string, Timestamp: string) =>
      code(() => encodeTokensResponse({ SyncTokens: { DeclarationsToken, Timestamp } }))
    expect(write('T', '2026-05-19T10:00:00.000Z')).toBe('timestamp')
    expect(write('', '2026-05-19T10:00:00Z')).toBe('key-empty')
    expect(write('é'.repeat(129), '2026-05-19T10:00:00Z')).toBe('too-long')
    expect(write('é'.repeat(128), '2026-05-19T10:00:00Z')).toBe('none')
  })

  it('with a fraction is for lenient devices only', () => {
    const fraction = bytes({ SyncTokens: { DeclarationsToken: 'T', Timestamp: '2026-05-19T10:00:00.5Z' }, more: 1 })
    expect(code(() => decodeTokensResponse(fraction, 'strict'))).toBe('timestamp')
    expect(decodeTokensResponse(fraction, 'lenient').SyncTokens.DeclarationsToken).toBe('T')
  })

  it.each([
    ['key-missing', {}],
    ['key-type', { SyncTokens: [] }],
    ['key-missing', { SyncTokens: { DeclarationsToken: 'T' } }],
    ['key-missing', { SyncTokens: { Timestamp: '2026-05-19T10:00:00Z' } }],
    ['key-type', { SyncTokens: { DeclarationsToken: 1, Timestamp: '2026-05-19T10:00:00Z' } }],
    ['timestamp', { SyncTokens: { DeclarationsToken: 'T', Timestamp: 'soon' } }],
  ])('is refused by both kinds of device as %s: %j', (expected, value) => {
    expect(code(() => decodeTokensResponse(bytes(value), 'strict'))).toBe(expected)
    expect(code(() => decodeTokensResponse(bytes(value), 'lenient'))).toBe(expected)
  })

  it('of no octets is refused', () => {
    expect(code(() => decodeTokensResponse(new Uint8Array(0)))).toBe('json')
  })
})

describe('a DeclarationItemsResponse', () => {
  it('is read as it was written, strictly', () => {
    const name = fc.string({ minLength: 1, maxLength: 20 }).filter((value) => value.isWellFormed())
    const items = fc.array(fc.record({ Identifier: name, ServerToken: name }), { maxLength: 5 })
    const response: fc.Arbitrary<DeclarationItemsResponse> = fc.record({
      Declarations: fc.record({ Activations: items, Assets: items, Configurations: items, Management: items }),
      DeclarationsToken: name,
    })
    fc.assert(
      fc.property(response, (value) => {
        expect(decodeDeclarationItems(encodeDeclarationItems(value), 'strict')).toEqual(value)
      }),
    )
  })

  it('always has four arrays, and two keys in each item', () => {
    const more = { ...item, Type: 'com.apple.activation.simple' }
    const response = { Declarations: { ...none, Activations: [more], Extra: [] }, DeclarationsToken: 'T' }
    expect(JSON.parse(text(encodeDeclarationItems(response)))).toStrictEqual({
      Declarations: { ...none, Activations: [item] },
      DeclarationsToken: 'T',
    })
  })

  it('is not written with what is empty or too long', () => {
    const write = (Identifier: string, ServerToken: string) =>
      code(() =>
        encodeDeclarationItems({
          Declarations: { ...none, Assets: [{ Identifier, ServerToken }] },
          DeclarationsToken: 'T',
        }),
      )
    expect(write('', 't')).toBe('key-empty')
    expect(write('x'.repeat(65), 't')).toBe('too-long')
    expect(write('x', 't'.repeat(65))).toBe('too-long')
    expect(write('x'.repeat(64), 't'.repeat(64))).toBe('none')
  })

  it.each<[strict: string, lenient: string, why: string, value: unknown]>([
    ['none', 'none', 'extra keys outside', { Declarations: none, DeclarationsToken: 'T', More: 1 }],
    ['key-unexpected', 'none', 'an extra key', { Declarations: { ...none, More: [] }, DeclarationsToken: 'T' }],
    ['key-missing', 'none', 'an array missing', { Declarations: { Activations: [] }, DeclarationsToken: 'T' }],
    [
      'key-unexpected',
      'none',
      'an item with an extra key',
      { Declarations: { ...none, Assets: [{ ...item, Type: 'x' }] }, DeclarationsToken: 'T' },
    ],
    [
      'key-missing',
      'key-missing',
      'one item without a token',
      { Declarations: { ...none, Assets: [item, { Identifier: 'b' }] }, DeclarationsToken: 'T' },
    ],
    ['key-type', 'key-type', 'null for an array', { Declarations: { ...none, Assets: null }, DeclarationsToken: 'T' }],
    ['key-missing', 'key-missing', 'no token', { Declarations: none }],
    ['key-type', 'key-type', 'an array', []],
  ])('gives %s to a strict device and %s to a lenient one: %s', (strict, lenient, _, value) => {
    expect(code(() => decodeDeclarationItems(bytes(value), 'strict'))).toBe(strict)
    expect(code(() => decodeDeclarationItems(bytes(value), 'lenient'))).toBe(lenient)
  })
})

describe('a declaration', () => {
  const declaration: Declaration = {
    Type: 'com.apple.configuration.passcode.settings',
    Identifier: 'passcode',
    ServerToken: 't1',
    Payload: { MinimumLength: 6 },
  }

  it('is read as it was written', () => {
    expect(decodeDeclaration(encodeDeclaration(declaration))).toStrictEqual(declaration)
  })

  it('with a Predicate beside Payload is read without it, as devices do', () => {
    expect(decodeDeclaration(bytes({ ...declaration, Predicate: 'FALSEPREDICATE' }))).toStrictEqual(declaration)
  })

  it.each(['Type', 'Identifier', 'ServerToken', 'Payload'])('without %s is refused', (key) => {
    const rest = Object.fromEntries(Object.entries(declaration).filter(([name]) => name !== key))
    expect(() => decodeDeclaration(bytes(rest))).toThrow(`Cannot read the declaration: ${key} is missing`)
  })
})
