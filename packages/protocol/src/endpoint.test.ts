import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatEndpoint, parseEndpoint } from './endpoint.ts'
import { ProtocolError } from './errors.ts'

describe('an Endpoint', () => {
  it.each([
    ['tokens', { kind: 'tokens' }],
    ['declaration-items', { kind: 'declaration-items' }],
    ['status', { kind: 'status' }],
    ['declaration/activation/a', { kind: 'declaration', declaration: 'activation', identifier: 'a' }],
    ['declaration/asset/com.x.y', { kind: 'declaration', declaration: 'asset', identifier: 'com.x.y' }],
    ['declaration/configuration/a..b', { kind: 'declaration', declaration: 'configuration', identifier: 'a..b' }],
    ['declaration/management/%2e%2E/é ü', { kind: 'declaration', declaration: 'management', identifier: '%2e%2E/é ü' }],
    ['declaration/asset/tokens', { kind: 'declaration', declaration: 'asset', identifier: 'tokens' }],
  ])('%s is understood, and written the same', (text, endpoint) => {
    const parsed = parseEndpoint(text)
    expect(parsed).toStrictEqual(endpoint)
    expect(formatEndpoint(parsed)).toBe(text)
  })

  it.each([
    '',
    '/',
    '/tokens',
    'tokens/',
    'Tokens',
    'tokens?x=1',
    'tokens ',
    'status/x',
    'declaration',
    'declaration/',
    'declaration/asset',
    'declaration/asset/',
    'declaration/asset/a/',
    'declaration//a',
    'declaration/assets/a',
    'declaration/Asset/a',
    'declaration/constructor/a',
    'declaration/../tokens',
    'declaration/asset/..',
    'declaration/asset/.',
    'declaration/asset/a/../b',
    'declaration/asset/a\u0000',
    'declaration/asset/a\nb',
    '../tokens',
    'http://mdm.example/tokens',
    'https://mdm.example/declaration/asset/a',
    '//mdm.example/tokens',
    `declaration/asset/${'a'.repeat(600)}`,
  ])('%j is refused', (text) => {
    expect(() => parseEndpoint(text)).toThrow(expect.objectContaining({ code: 'endpoint-unknown', at: 'Endpoint' }))
  })

  it('is never written as one that would be refused', () => {
    const kind = fc.constantFrom('activation', 'asset', 'configuration', 'management' as const)
    const identifier = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '', 'a/', '/a', 'a/./b'))
    fc.assert(
      fc.property(kind, identifier, (declaration, id) => {
        const endpoint = { kind: 'declaration', declaration, identifier: id } as const
        let text: string
        try {
          text = formatEndpoint(endpoint)
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
          return
        }
        expect(parseEndpoint(text)).toStrictEqual(endpoint)
      }),
    )
  })
})
