import { describe, expect, it } from 'vitest'
import type { Availability, ByPlatform } from './availability.ts'
import { declarationTypes } from './declaration-types.ts'
import { kindOf } from './kind-of.ts'
import type { Platform } from './platform.ts'

const configuration = (name: string) => declarationTypes.get(`com.apple.configuration.${name}`)
const platformsOf = (availability: ByPlatform<Availability> | undefined) => Object.keys(availability ?? {})
const on = (name: string, platform: Platform) => configuration(name)?.availability[platform]

describe('declaration types', () => {
  it('passcode.settings is for every enrollment on iOS 15, but not on Shared iPad', () => {
    expect(on('passcode.settings', 'iOS')).toEqual({
      introduced: '15.0',
      enrollments: ['supervised', 'device', 'user', 'local'],
      scopes: ['system'],
      sharedIPadScopes: [],
    })
    expect(configuration('passcode.settings')?.apply).toBe('combined')
  })

  it('passcode.settings has both scopes on macOS and does not exist on tvOS', () => {
    expect(on('passcode.settings', 'macOS')?.scopes).toEqual(['system', 'user'])
    expect(on('passcode.settings', 'tvOS')).toBeUndefined()
  })

  it('account.mail belongs to the user on macOS and on Shared iPad, and needs no device enrollment on macOS', () => {
    expect(on('account.mail', 'macOS')).toEqual({
      introduced: '13.0',
      enrollments: ['supervised', 'user', 'local'],
      scopes: ['user'],
    })
    expect(on('account.mail', 'iOS')?.sharedIPadScopes).toEqual(['user'])
  })

  it('watch.enrollment is for supervised iPhones only, one at a time', () => {
    expect(platformsOf(configuration('watch.enrollment')?.availability)).toEqual(['iOS'])
    expect(on('watch.enrollment', 'iOS')?.enrollments).toEqual(['supervised'])
    expect(configuration('watch.enrollment')?.apply).toBe('single')
  })

  it('management.status-subscriptions exists everywhere and is combined', () => {
    expect(platformsOf(configuration('management.status-subscriptions')?.availability)).toHaveLength(5)
    expect(configuration('management.status-subscriptions')?.apply).toBe('combined')
  })

  it('management.properties came with iOS 16 and macOS 13, and says nothing of enrollments or scopes', () => {
    expect(declarationTypes.get('com.apple.management.properties')?.availability).toEqual({
      iOS: { introduced: '16.0' },
      macOS: { introduced: '13.0' },
      tvOS: { introduced: '16.0' },
      visionOS: { introduced: '1.1' },
      watchOS: { introduced: '10.0' },
    })
  })

  it('the one activation names configurations', () => {
    const activations = [...declarationTypes.values()].filter(({ kind }) => kind === 'activation')
    expect(activations.map(({ type }) => type)).toEqual(['com.apple.activation.simple'])
    expect(activations[0]?.configurations).toEqual([['StandardConfigurations', '*']])
  })

  it('asset references carry their types, also inside arrays and below free keys', () => {
    expect(configuration('account.mail')?.assets[0]).toEqual({
      path: ['UserIdentityAssetReference'],
      assetTypes: ['com.apple.asset.useridentity'],
    })
    expect(configuration('watch.enrollment')?.assets.map(({ path }) => path)).toEqual([
      ['AnchorCertificateAssetReferences', '*'],
    ])
    expect(configuration('app.managed')?.assets).toContainEqual({
      path: ['ExtensionConfigs', '*', 'Passwords', '*', 'AssetReference'],
      assetTypes: ['com.apple.asset.credential.userpassword'],
    })
  })

  it('asset references name asset types that exist', () => {
    const named = [...declarationTypes.values()].flatMap(({ assets }) => assets.flatMap(({ assetTypes }) => assetTypes))
    expect(named.filter((type) => declarationTypes.get(type)?.kind !== 'asset')).toEqual([])
  })

  it('every type is of the kind that its name says, and only configurations say how they are applied', () => {
    for (const { type, kind, apply } of declarationTypes.values()) {
      expect(kindOf(type)).toBe(kind)
      expect(apply !== undefined).toBe(kind === 'configuration')
    }
  })
})
