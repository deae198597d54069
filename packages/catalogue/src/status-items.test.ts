import { describe, expect, it } from 'vitest'
import { statusItemValue } from './payloads.ts'
import { statusItems } from './status-items.ts'

describe('status items', () => {
  it('passcode.is-compliant is a boolean that macOS and tvOS do not have', () => {
    expect(statusItems.get('passcode.is-compliant')?.type).toBe('boolean')
    expect(Object.keys(statusItems.get('passcode.is-compliant')?.availability ?? {})).toEqual([
      'iOS',
      'visionOS',
      'watchOS',
    ])
  })

  it('mdm.app is a list by identifier that macOS does not have', () => {
    expect(statusItems.get('mdm.app')).toMatchObject({ type: 'array', identified: true })
    expect(statusItems.get('mdm.app')?.availability.macOS).toBeUndefined()
  })

  it('account lists belong to the user on macOS', () => {
    expect(statusItems.get('account.list.mail.incoming')?.availability.macOS?.scopes).toEqual(['user'])
  })

  it('device.power.battery-health came with iOS 17 and macOS 14.4', () => {
    const { availability } = statusItems.get('device.power.battery-health') ?? {}
    expect([availability?.iOS?.introduced, availability?.macOS?.introduced]).toEqual(['17.0', '14.4'])
  })

  it('of the lists, only the test item has no identifier', () => {
    const lists = [...statusItems.values()].filter(({ type }) => type === 'array')
    expect(lists.filter(({ identified }) => !identified).map(({ name }) => name)).toEqual(['test.array-value'])
  })

  it('the value says which words there are, and what the objects of a list hold', () => {
    expect(statusItemValue('softwareupdate.install-state')?.rangelist).toContain('downloading')
    expect(statusItemValue('mdm.app')?.item?.keys?.['external-version-id']?.type).toBe('string')
    expect(statusItemValue('app.managed.list')?.item?.keys?.['external-version-id']?.type).toBe('integer')
  })
})
