import type { JsonObject } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import type { Target } from '../eligibility/eligibility.ts'
import { isOverridable } from '../problem.ts'
import { target } from '../testing/targets.ts'
import { checkCommand } from './check-command.ts'

const IPAD = target('iOS', '26.4')
const MAC = target('macOS', '26.4')
const check = (RequestType: string, keys: JsonObject = {}, who: Target = IPAD) =>
  checkCommand({ RequestType, ...keys }, who)
const codes = (...args: Parameters<typeof check>) =>
  check(...args).map(({ code, severity, at }) => [code, severity, at])

describe('a command', () => {
  it('that the schema has, with what it needs, passes', () => {
    expect(check('DeviceInformation', { Queries: ['OSVersion', 'DeviceName'] })).toEqual([])
    expect(check('ClearPasscode', { UnlockToken: { $data: 'AAEC' } })).toEqual([])
    expect(
      check(
        'Settings',
        {
          Settings: [
            { Item: 'DeviceName', DeviceName: 'x' },
            { Item: 'DefaultApplications', WebBrowser: 'a.b' },
          ],
        },
        { ...IPAD },
      ),
    ).toEqual([])
  })

  it('InstallProfile needs no Payload: without it the identity is renewed', () => {
    expect(check('InstallProfile')).toEqual([])
  })

  it('that Apple does not have is refused, with the one that was meant', () => {
    expect(check('deviceinformation')).toMatchObject([
      { code: 'command-unknown', severity: 'error', at: '/RequestType', remedy: 'perhaps DeviceInformation was meant' },
    ])
    expect(check('EraseDevise')[0]?.remedy).toBe('perhaps EraseDevice was meant')
  })

  it.each<[string, string, Target]>([
    ['of another platform', 'SetRecoveryLock', IPAD],
    ['of a later version', 'TriggerEnhancedLogCollection', IPAD],
    ['that needs supervision', 'RestartDevice', { ...IPAD, enrollment: 'device', supervised: false }],
    ['that user enrollments do not have', 'EraseDevice', { ...IPAD, enrollment: 'user', supervised: false }],
    ['of the device channel', 'UserList', { ...MAC, channel: 'user' }],
    ['of the user channel', 'NSExtensionMappings', MAC],
    ['that Shared iPads do not have', 'ClearPasscode', { ...IPAD, sharedIPad: true }],
    ['of Shared iPads', 'LogOutUser', IPAD],
    ['of the device channel of a Shared iPad', 'LogOutUser', { ...IPAD, sharedIPad: true, channel: 'user' }],
    ['that came to all enrollments later', 'DeclarativeManagement', target('iOS', '15.4', { enrollment: 'device' })],
  ])('%s is unavailable', (_, requestType, who) => {
    expect(check(requestType, {}, who).find(({ code }) => code === 'command-unavailable')).toMatchObject({
      severity: 'error',
      at: '/RequestType',
      found: requestType,
    })
  })

  it('is not refused for what is not known of the channel', () => {
    expect(codes('RestartDevice', {}, { ...IPAD, supervised: null, enrollment: 'device' })).toEqual([])
    expect(codes('SetRecoveryLock', { NewPassword: 'x' }, { ...MAC, osVersion: null })).toEqual([])
    expect(codes('SetRecoveryLock', { NewPassword: 'x' }, { ...MAC, platform: null })).toEqual([])
  })

  it('that updates the OS is warned of on 26 and refused on 27, with the declaration to use instead', () => {
    expect(check('OSUpdateStatus')).toMatchObject([{ code: 'command-deprecated', severity: 'warning' }])
    const [gone] = check('OSUpdateStatus', {}, target('iOS', '27.0'))
    expect(gone).toMatchObject({ code: 'command-unavailable', severity: 'error' })
    expect(gone?.remedy).toContain('com.apple.configuration.softwareupdate.enforcement.specific')
    expect(check('OSUpdateStatus', {}, target('iOS', '18.1'))).toEqual([])
  })
})

describe('its keys', () => {
  it('are told all at once, each with its place', () => {
    const found = codes('InstallApplication', {
      iTunesStoreID: '361309726',
      ManagementFlags: 2,
      options: {},
      Options: { PurchaseMethod: 3, Colour: 'red' },
    })
    expect(found.toSorted()).toEqual([
      ['payload-key-case', 'error', '/options'],
      ['payload-key-unknown', 'error', '/Options/Colour'],
      ['payload-range', 'error', '/ManagementFlags'],
      ['payload-range', 'error', '/Options/PurchaseMethod'],
      ['payload-type', 'error', '/iTunesStoreID'],
    ])
  })

  it('are data by a mark, and say so', () => {
    const [problem] = check('InstallProfile', { Payload: 'AAEC' })
    expect(problem).toMatchObject({ code: 'payload-type', at: '/Payload', expected: '{"$data": Base64 text}' })
    expect(problem?.remedy).toContain('$data')
    expect(codes('ClearPasscode')).toEqual([['payload-presence', 'error', '/UnlockToken']])
    expect(codes('ClearPasscode', { UnlockToken: { $date: '2026-01-31T12:00:00Z' } })).toEqual([
      ['payload-type', 'error', '/UnlockToken'],
    ])
  })

  it('are those of its platform and version', () => {
    expect(codes('EraseDevice', { PIN: '123456' })).toEqual([['payload-key-unavailable', 'error', '/PIN']])
    expect(codes('EraseDevice', { PIN: '123456' }, MAC)).toEqual([])
    expect(codes('EraseDevice', { ReturnToService: { Enabled: true, ShouldRetryEnrollment: true } })).toEqual([
      ['payload-key-unavailable', 'error', '/ReturnToService/ShouldRetryEnrollment'],
    ])
  })

  it.each(['12345', '1234567', 'abcdef'])('cannot be the PIN %s, which is not repeated', (PIN) => {
    const problems = check('DeviceLock', { PIN }, MAC)
    expect(problems).toMatchObject([{ code: 'payload-format', at: '/PIN' }])
    expect(JSON.stringify(problems)).not.toContain(PIN)
  })

  it('that are secret are not repeated in what is said of them', () => {
    const found = [
      ...check('SetRecoveryLock', { NewPassword: 8_765_309 }, MAC),
      ...check('ClearPasscode', { UnlockToken: 'my-secret' }),
      ...check('RotateFileVaultKey', { KeyType: 'personal', FileVaultUnlock: { Password: 8_765_309 } }, MAC),
    ]
    expect(found.map(({ code, at, found: was }) => [code, at, was])).toEqual([
      ['payload-type', '/NewPassword', '•••'],
      ['payload-type', '/UnlockToken', '•••'],
      ['payload-type', '/FileVaultUnlock/Password', '•••'],
    ])
    expect(JSON.stringify(found)).not.toMatch(/8765309|my-secret/)
    expect(found[0]?.message).toBe('Cannot use this NewPassword: it has to be a string')
  })

  it('are one of several where Apple says so', () => {
    expect(codes('InstallApplication')).toEqual([['command-incomplete', 'error', '']])
    expect(codes('InstallApplication', { Identifier: 'a', iTunesStoreID: 1 })).toEqual([
      ['command-incomplete', 'error', ''],
    ])
    expect(codes('EnableLostMode', { Footnote: 'x' })).toEqual([['command-incomplete', 'error', '']])
    expect(codes('EnableLostMode', { Message: 'x', PhoneNumber: '1' })).toEqual([])
  })

  it('of Settings go by the Item of each', () => {
    const [item, other] = check('Settings', {
      Settings: [{ Item: 'DeviceNam' }, { Item: 'TimeZone', TimeZone: 1 }, { Item: 'HostName', HostName: 'x' }],
    }).toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1))
    expect(item).toMatchObject({
      code: 'payload-range',
      at: '/Settings/0/Item',
      remedy: 'perhaps DeviceName was meant',
    })
    expect(other).toMatchObject({ code: 'payload-type', at: '/Settings/1/TimeZone' })
    expect(codes('Settings', { Settings: [{ Item: 'HostName', HostName: 'x' }] })[0]).toEqual([
      'payload-key-unavailable',
      'error',
      '/Settings/0',
    ])
  })

  it('that are queries a device does not have are warned of, unknown ones refused', () => {
    expect(codes('DeviceInformation', { Queries: ['IsAppleSilicon', 'OSVersio'] })).toEqual([
      ['payload-key-unavailable', 'warning', '/Queries/0'],
      ['payload-range', 'error', '/Queries/1'],
    ])
  })
})

it('every error can be overridden: a device may know more than the catalogue', () => {
  const all = [
    check('X'),
    check('SetRecoveryLock'),
    check('InstallApplication', { Options: 1 }),
    check('DeviceLock', { PIN: '1' }, MAC),
  ]
  expect(all.flat().filter(({ severity, code }) => severity === 'error' && !isOverridable(code))).toEqual([])
})
