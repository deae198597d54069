import type { PlistDict } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import type { DeviceOptions } from '../device-options.ts'
import { relatedKeys } from '../enroll/related-keys.ts'
import { seededBytes, seededUUID } from '../seeded.ts'
import { ScriptedAuthority } from '../testing/scripted-authority.ts'
import { type Stage, stage } from '../testing/stage.ts'

const authority = await ScriptedAuthority.make(() => Date.parse('2026-09-01T08:00:00Z'))
const bytes = (text: string) => new TextEncoder().encode(text)
const wifi = bytes(`<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>
  <key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>com.example.wifi</string>
  <key>PayloadUUID</key><string>0F1E</string><key>PayloadContent</key>
  <array><dict><key>PayloadType</key><string>com.apple.wifi.managed</string></dict></array></dict></plist>`)

/** A device that is asked one thing after the other. */
async function asked(options: Partial<DeviceOptions> = {}) {
  const made = await stage(options)
  const ask = async (RequestType: string, keys: PlistDict = {}, channel = made.device.id) => {
    made.server.command(channel, RequestType, keys)
    await made.device.connect(channel)
    await made.device.settled()
    const result = made.server.results.at(-1)
    const said = { status: result?.Status, code: result?.ErrorChain?.[0]?.ErrorCode }
    return { ...said, ...result?.response } as typeof said & PlistDict
  }
  return { ...made, ask }
}
const users = ({ device }: Pick<Stage, 'device'>) => device.channels().slice(1)

describe('a command', () => {
  it('whose keys are of another type, or lack a required one, is answered CommandFormatError', async () => {
    const { ask } = await asked()
    expect(await ask('RemoveProfile', { Identifier: 1 })).toMatchObject({ status: 'CommandFormatError' })
    expect(await ask('RemoveProfile')).toMatchObject({ status: 'CommandFormatError' })
    expect(await ask('DeviceInformation', { Queries: 'OSVersion' })).toMatchObject({ status: 'CommandFormatError' })
  })

  it('that Apple took away is unknown', async () => {
    const { ask, device } = await asked()
    expect(await ask('OSUpdateStatus')).toMatchObject({ status: 'Acknowledged', OSUpdateStatus: [] })
    device.model.setOSVersion('27.0')
    expect(await ask('OSUpdateStatus')).toMatchObject({ status: 'Error', code: 12021 })
  })
})

describe('profiles', () => {
  it('are installed, listed, replaced by their name, and removed', async () => {
    const { ask } = await asked()
    const list = async () =>
      ((await ask('ProfileList')).ProfileList as readonly PlistDict[]).map((one) => one.PayloadIdentifier)
    expect(await ask('InstallProfile', { Payload: wifi })).toMatchObject({ status: 'Acknowledged' })
    await ask('InstallProfile', { Payload: wifi })
    expect(await list()).toEqual(['com.example.wifi'])
    expect(await ask('RemoveProfile', { Identifier: 'com.example.wifi' })).toMatchObject({ status: 'Acknowledged' })
    expect(await ask('RemoveProfile', { Identifier: 'com.example.wifi' })).toMatchObject({ status: 'Error' })
    expect(await list()).toEqual([])
  })

  it('end the management when it is that of the enrollment that is removed', async () => {
    const made = await asked({ keys: relatedKeys('remove') })
    made.server.authority = authority
    await made.device.enroll(authority.profile())
    const identifier = 'example.edict.enrollment'
    expect((await made.ask('ProfileList')).ProfileList).toMatchObject([{ PayloadIdentifier: identifier }])
    const { CertificateList } = await made.ask('CertificateList')
    expect(CertificateList).toMatchObject([{ IsIdentity: true }, { IsIdentity: false }])
    await made.ask('InstallProfile', { Payload: wifi })
    expect(await made.ask('RemoveProfile', { Identifier: identifier })).toMatchObject({ status: 'Acknowledged' })
    expect(made.server.checkIns.at(-1)).toMatchObject({ MessageType: 'CheckOut' })
    expect(made.device.inspect().enrolled).toBe(false)
    await made.device.enroll(authority.profile())
    expect((await made.ask('ProfileList')).ProfileList).toHaveLength(1)
  })
})

describe('Settings', () => {
  it('has a result for each item: what fails keeps none of the others from being done', async () => {
    const { ask } = await asked()
    const { status, Settings } = await ask('Settings', {
      Settings: [
        { Item: 'DeviceName', DeviceName: 'Ada' },
        { Item: 'HostName', HostName: 'ada' },
        { Item: 'Nonsense' },
        { Item: 'TimeZone' },
        { Item: 'ApplicationAttributes', Identifier: 'com.example.none' },
        { Item: 'Bluetooth', Enabled: true },
      ],
    })
    expect(status).toBe('Acknowledged')
    expect(
      (Settings as readonly PlistDict[]).map(({ Status, ErrorChain }) => [Status, ErrorChain !== undefined]),
    ).toEqual([
      ['Acknowledged', false],
      ['Error', true],
      ['Error', true],
      ['Error', true],
      ['Error', true],
      ['Acknowledged', false],
    ])
    const { QueryResponses } = await ask('DeviceInformation', { Queries: ['DeviceName'] })
    expect(QueryResponses).toEqual({ DeviceName: 'Ada' })
  })
})

describe('DeviceInformation', () => {
  it('leaves out what the device does not have', async () => {
    const { ask } = await asked()
    const Queries = ['IsAppleSilicon', 'IsMDMLostModeEnabled', 'Nonsense', 'WiFiMAC', 'MaximumResidentUsers']
    const { QueryResponses } = await ask('DeviceInformation', { Queries })
    expect(Object.keys(QueryResponses as PlistDict)).toEqual(['IsMDMLostModeEnabled', 'WiFiMAC'])
  })

  it('tells of a Mac and a Shared iPad what only they have', async () => {
    const mac = await asked({ kind: 'mac' })
    expect((await mac.ask('DeviceInformation', { Queries: ['IsAppleSilicon'] })).QueryResponses).toEqual({
      IsAppleSilicon: true,
    })
    const shared = await asked({ kind: 'shared-ipad' })
    expect((await shared.ask('DeviceInformation', { Queries: ['ResidentUsers'] })).QueryResponses).toEqual({
      ResidentUsers: 2,
    })
  })
})

describe('lost mode', () => {
  it('is what location and sound need', async () => {
    const { ask } = await asked()
    for (const RequestType of ['DeviceLocation', 'PlayLostModeSound', 'DisableLostMode'])
      expect(await ask(RequestType)).toMatchObject({ status: 'Error', code: 12067 })
    expect(await ask('EnableLostMode', { Footnote: 'x' })).toMatchObject({ status: 'Error' })
    expect(await ask('EnableLostMode', { PhoneNumber: '555' })).toMatchObject({ status: 'Acknowledged' })
    expect(await ask('DeviceLocation')).toMatchObject({ status: 'Acknowledged', Timestamp: '2026-09-01T08:00:00Z' })
    await ask('DisableLostMode')
    expect(await ask('DeviceLocation')).toMatchObject({ status: 'Error' })
  })
})

describe('secrets', () => {
  it('a recovery lock is changed only by who knows it, and is gone when the new one is empty', async () => {
    const { ask } = await asked({ kind: 'mac' })
    expect(await ask('SetRecoveryLock', { NewPassword: 'one' })).toMatchObject({ status: 'Acknowledged' })
    expect(await ask('SetRecoveryLock', { NewPassword: 'two' })).toMatchObject({ status: 'Error' })
    expect(await ask('VerifyRecoveryLock', { Password: 'two' })).toMatchObject({ PasswordVerified: false })
    expect(await ask('VerifyRecoveryLock', { Password: 'one' })).toMatchObject({ PasswordVerified: true })
    expect((await ask('SecurityInfo')).SecurityInfo).toMatchObject({ IsRecoveryLockEnabled: true })
    await ask('SetRecoveryLock', { CurrentPassword: 'one', NewPassword: '' })
    expect((await ask('SecurityInfo')).SecurityInfo).toMatchObject({ IsRecoveryLockEnabled: false })
  })

  it('a passcode is cleared only by the token of the device', async () => {
    const { ask } = await asked()
    expect(await ask('ClearPasscode', { UnlockToken: bytes('guessed') })).toMatchObject({ status: 'Error' })
    expect(await ask('ClearPasscode', { UnlockToken: seededBytes('one', 'unlock') })).toMatchObject({
      status: 'Acknowledged',
    })
    expect((await ask('SecurityInfo')).SecurityInfo).toMatchObject({ PasscodePresent: false })
  })

  it('a bypass code is another one after each enrollment, and gone once cleared', async () => {
    const { ask, device } = await asked()
    const { ActivationLockBypassCode: first } = await ask('ActivationLockBypassCode')
    expect(first).toMatch(/^\w{5}-\w{5}-\w{4}-\w{4}-\w{4}-\w{4}$/)
    await ask('ClearActivationLockBypassCode')
    expect(await ask('ActivationLockBypassCode')).toMatchObject({ status: 'Error' })
    await device.enroll()
    expect((await ask('ActivationLockBypassCode')).ActivationLockBypassCode).not.toBe(first)
  })

  it('a FileVault key is rotated while the disk is encrypted, and is another one each time', async () => {
    const { ask, device } = await asked({ kind: 'mac' })
    const keys = {
      KeyType: 'personal',
      FileVaultUnlock: { Password: 'x' },
      ReplyEncryptionCertificate: bytes('certificate'),
    }
    expect(await ask('RotateFileVaultKey', keys)).toMatchObject({ status: 'Error' })
    device.model.setFileVault(true)
    const [one, other] = [await ask('RotateFileVaultKey', keys), await ask('RotateFileVaultKey', keys)]
    expect(one.RotateResult).toHaveProperty('EncryptedNewRecoveryKey')
    expect(one.RotateResult).not.toEqual(other.RotateResult)
  })
})

describe('accounts', () => {
  it('are configured while Setup Assistant waits, and their administrator gets another password later', async () => {
    const { ask, device } = await asked({ kind: 'mac' })
    const keys = { AutoSetupAdminAccounts: [{ shortName: 'admin', passwordHash: bytes('hash') }] }
    expect(await ask('AccountConfiguration', keys)).toMatchObject({ status: 'Error' })
    device.model.setAwaitingConfiguration(true)
    expect(await ask('AccountConfiguration', keys)).toMatchObject({ status: 'Acknowledged' })
    const { QueryResponses } = await ask('DeviceInformation', { Queries: ['AutoSetupAdminAccounts'] })
    const GUID = seededUUID('one', 'admin', 'admin')
    expect(QueryResponses).toEqual({ AutoSetupAdminAccounts: [{ GUID, shortName: 'admin' }] })
    const passwordHash = bytes('another')
    expect(await ask('SetAutoAdminPassword', { GUID, passwordHash })).toMatchObject({ status: 'Acknowledged' })
    expect(await ask('SetAutoAdminPassword', { GUID: 'other', passwordHash })).toMatchObject({ status: 'Error' })
  })

  it('of a Shared iPad are listed, logged out and deleted', async () => {
    const made = await asked({ kind: 'shared-ipad' })
    const names = async () => ((await made.ask('UserList')).Users as readonly PlistDict[]).map((one) => one.UserName)
    const [ada, lin] = users(made).map(({ userShortName }) => userShortName ?? '')
    expect(await names()).toEqual([ada, lin])
    expect(await made.ask('DeleteUser', { UserName: ada ?? '' })).toMatchObject({ status: 'Error' })
    await made.ask('LogOutUser')
    expect(await made.ask('DeleteUser', { UserName: ada ?? '' })).toMatchObject({ status: 'Acknowledged' })
    expect(await names()).toEqual([lin])
    await made.ask('DeleteUser', { UserName: lin ?? '', ForceDeletion: true })
    expect(await names()).toEqual([])
    expect(await made.ask('LogOutUser')).toMatchObject({ status: 'Error' })
  })
})

describe('power', () => {
  it('a device that restarts waits for its passcode, and says NotNow until it is there', async () => {
    const { ask, device, server } = await asked()
    expect(await ask('RestartDevice')).toMatchObject({ status: 'Acknowledged' })
    expect(await ask('SecurityInfo')).toMatchObject({ status: 'NotNow' })
    device.model.unlock()
    await device.settled()
    expect(server.results.at(-1)).toMatchObject({ Status: 'Acknowledged' })
  })

  it('one that shuts down is not there any more, and one that was locked asks for a PIN', async () => {
    const { ask, device } = await asked({ kind: 'mac' })
    await ask('DeviceLock', { PIN: '123456' })
    expect(device.inspect().locked).toBe(true)
    device.model.unlock()
    await ask('ShutDownDevice')
    expect(device.inspect().online).toBe(false)
  })
})

describe('apps and books', () => {
  it('have attributes and a configuration, which are told and gone with them', async () => {
    const { ask } = await asked()
    const Identifiers = ['com.example.app']
    await ask('InstallApplication', { Identifier: 'com.example.app', Configuration: { server: 'x' } })
    await ask('Settings', {
      Settings: [{ Item: 'ApplicationAttributes', Identifier: 'com.example.app', Attributes: { VPNUUID: 'v' } }],
    })
    expect(await ask('ManagedApplicationConfiguration', { Identifiers })).toMatchObject({
      ApplicationConfigurations: [{ Identifier: 'com.example.app', Configuration: { server: 'x' } }],
    })
    expect(await ask('ManagedApplicationAttributes', { Identifiers })).toMatchObject({
      ApplicationAttributes: [{ Identifier: 'com.example.app', Attributes: { VPNUUID: 'v' } }],
    })
    await ask('RemoveApplication', { Identifier: 'com.example.app' })
    expect(await ask('ManagedApplicationConfiguration', { Identifiers })).toMatchObject({
      ApplicationConfigurations: [],
    })
  })

  it('that a declaration manages are not touched by commands, nor listed among theirs', async () => {
    const { ask, server, sync } = await asked()
    server.put('com.apple.configuration.app.managed', 'app', {
      BundleID: 'com.example.app',
      InstallBehavior: { Install: 'Required' },
    })
    server.activate('app.on', ['app'])
    await sync()
    expect(await ask('InstallApplication', { Identifier: 'com.example.app' })).toMatchObject({ status: 'Error' })
    expect(await ask('RemoveApplication', { Identifier: 'com.example.app' })).toMatchObject({ status: 'Error' })
    expect((await ask('ManagedApplicationList')).ManagedApplicationList).toEqual({})
  })

  it('books come and go', async () => {
    const { ask } = await asked()
    expect(await ask('InstallMedia', { MediaType: 'Book', iTunesStoreID: 7 })).toMatchObject({ State: 'Installed' })
    expect((await ask('ManagedMediaList')).Books).toMatchObject([{ iTunesStoreID: 7, State: 'Installed' }])
    await ask('RemoveMedia', { MediaType: 'Book', iTunesStoreID: '7' })
    expect((await ask('ManagedMediaList')).Books).toEqual([])
  })

  it('provisioning profiles come and go', async () => {
    const { ask } = await asked()
    await ask('InstallProvisioningProfile', { ProvisioningProfile: bytes('profile') })
    const [profile] = (await ask('ProvisioningProfileList')).ProvisioningProfileList as readonly PlistDict[]
    expect(await ask('RemoveProvisioningProfile', { UUID: profile?.UUID ?? '' })).toMatchObject({
      status: 'Acknowledged',
    })
    expect((await ask('ProvisioningProfileList')).ProvisioningProfileList).toEqual([])
  })
})

it('what commands left is kept when the device is saved, and gone when it is erased', async () => {
  const made = await asked({ kind: 'mac' })
  await made.ask('SetRecoveryLock', { NewPassword: 'one' })
  await made.ask('EnableRemoteDesktop')
  const again = await asked({ kind: 'mac', state: made.device.save(), transport: made.server })
  made.server.command(made.device.id, 'SecurityInfo')
  await again.device.connect()
  expect(made.server.results.at(-1)?.response.SecurityInfo).toMatchObject({
    IsRecoveryLockEnabled: true,
    RemoteDesktopEnabled: true,
  })
  made.server.command(made.device.id, 'EraseDevice')
  await again.device.connect()
  await again.device.settled()
  await again.device.enroll()
  made.server.command(made.device.id, 'SecurityInfo')
  await again.device.connect()
  expect(made.server.results.at(-1)?.response.SecurityInfo).toMatchObject({ RemoteDesktopEnabled: false })
})
