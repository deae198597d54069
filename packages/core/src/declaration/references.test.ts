import { describe, expect, it } from 'vitest'
import { MAIL_TYPE } from '../testing/declared-of.ts'
import { ACTIVATION_TYPE } from './declaration.ts'
import { escapePointer, references } from './references.ts'

describe('references', () => {
  it('finds the configurations of an activation, in their order', () => {
    expect(references(ACTIVATION_TYPE, { StandardConfigurations: ['b', 'a'] })).toEqual([
      { to: 'b', kind: 'configuration', at: '/Payload/StandardConfigurations/0' },
      { to: 'a', kind: 'configuration', at: '/Payload/StandardConfigurations/1' },
    ])
  })

  it('finds assets where the schema says that there are some, also inside', () => {
    const payload = {
      UserIdentityAssetReference: 'ada',
      IncomingServer: { HostName: 'mail.example.org', AuthenticationCredentialsAssetReference: 'password' },
      VisibleName: 'not-a-reference',
    }
    expect(references(MAIL_TYPE, payload)).toEqual([
      {
        to: 'ada',
        kind: 'asset',
        at: '/Payload/UserIdentityAssetReference',
        assetTypes: ['com.apple.asset.useridentity'],
      },
      {
        to: 'password',
        kind: 'asset',
        at: '/Payload/IncomingServer/AuthenticationCredentialsAssetReference',
        assetTypes: ['com.apple.asset.credential.userpassword'],
      },
    ])
  })

  it('finds none in what has another shape than the schema says', () => {
    for (const StandardConfigurations of ['a', 1, [1, null, ['a']], null]) {
      expect(references(ACTIVATION_TYPE, { StandardConfigurations })).toEqual([])
    }
    expect(references(MAIL_TYPE, { IncomingServer: ['x'] })).toEqual([])
  })

  it('finds none in a type that the catalogue does not know', () => {
    expect(references('com.apple.configuration.of.tomorrow', { DataAssetReference: 'a' })).toEqual([])
  })
})

it('escapes a step of a JSON pointer as RFC 6901 says', () => {
  expect(escapePointer('a/b~c')).toBe('a~1b~0c')
})
