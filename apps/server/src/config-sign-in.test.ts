import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const read = (options: Record<string, string>, secret?: string) =>
  readConfig(options, undefined, undefined, undefined, secret)
const provider = { oidcIssuer: 'https://id.school.example', oidcClientId: 'edict' }

describe('--account-driven', () => {
  it('is what is offered, in the order of preference, and nothing when absent', () => {
    expect(read({}).accountDriven).toEqual([])
    expect(read({ accountDriven: 'adde' }).accountDriven).toEqual(['adde'])
    expect(read({ accountDriven: 'adde, byod' }).accountDriven).toEqual(['adde', 'byod'])
  })

  it.each(['byod,byod', 'BYOD', 'byod,', 'other'])('is refused as %s', (accountDriven) => {
    expect(() => read({ accountDriven })).toThrow('--account-driven: expected byod, adde, or both')
  })
})

describe('--oidc-issuer', () => {
  it('comes with a client, a claim and a secret of the environment', () => {
    expect(read({}).oidc).toBeNull()
    expect(read(provider, 'secret').oidc).toEqual({
      issuer: 'https://id.school.example',
      clientId: 'edict',
      secret: 'secret',
      secretFile: null,
      claim: 'email',
    })
    expect(read({ ...provider, oidcAccountClaim: 'upn' }).oidc?.claim).toBe('upn')
  })

  it('is not used half', () => {
    expect(() => read({ oidcIssuer: provider.oidcIssuer })).toThrow('--oidc-client-id is missing')
    expect(() => read({ oidcClientSecret: 'file' })).toThrow('--oidc-issuer is missing')
  })

  it.each([
    'http://id.school.example',
    'id.school.example',
    'https://u:p@id.school.example',
    'https://id.example/?x=1',
  ])('is refused as %s: it decides who somebody is', (oidcIssuer) =>
    expect(() => read({ ...provider, oidcIssuer })).toThrow('--oidc-issuer: expected the https:// URL'),
  )

  it('may be without TLS on this machine', () => {
    expect(read({ ...provider, oidcIssuer: 'http://127.0.0.1:9' }).oidc?.issuer).toBe('http://127.0.0.1:9')
  })
})
