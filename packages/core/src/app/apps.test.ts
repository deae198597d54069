import type { CommandResult, Json, PlistDict } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { NOW } from '../testing/channel-of.ts'
import { queuedCommand } from '../testing/queued-command.ts'
import type { App } from './app.ts'
import { appsAnswered, tellsOfApps } from './apps-answered.ts'
import { appsReported } from './apps-reported.ts'

const PAGES = 'com.apple.Pages'
const reported = (known: readonly App[], value: Json, item = 'mdm.app', at = NOW) =>
  appsReported(known, item, value, at)
const answered = (
  known: readonly App[],
  RequestType: string,
  keys: PlistDict,
  result: Partial<CommandResult>,
  at = NOW,
) =>
  appsAnswered(
    known,
    queuedCommand('sent', { command: { RequestType, ...keys } }),
    { Status: 'Acknowledged', CommandUUID: 'a', response: {}, ...result } as CommandResult,
    at,
  )
const states = (apps: readonly App[]) => apps.map(({ identifier, state, managedBy }) => [identifier, state, managedBy])

describe('the apps of a channel', () => {
  it('are one model, whether status or a command told of them', () => {
    const byCommand = answered(
      [],
      'InstallApplication',
      { Identifier: PAGES },
      { response: { Identifier: PAGES, State: 'Prompting' } },
    )
    expect(states(byCommand)).toEqual([[PAGES, 'prompting', 'command']])
    const byStatus = reported(byCommand, [
      { identifier: PAGES, name: 'Pages', version: '1', 'short-version': '1.0', state: 'installing' },
    ])
    expect(byStatus).toMatchObject([{ state: 'installing', name: 'Pages', version: '1', shortVersion: '1.0' }])
    const polled = answered(
      byStatus,
      'ManagedApplicationList',
      {},
      { response: { ManagedApplicationList: { [PAGES]: { Status: 'ManagedButUninstalled' } } } },
    )
    expect(polled).toMatchObject([{ state: 'managed-but-uninstalled', name: 'Pages' }])
  })

  it('are gone when the list does not have them any more, each of its own list', () => {
    const both = reported(
      reported([], [{ identifier: 'a', state: 'managed' }]),
      [{ identifier: 'b', state: 'managed', 'declaration-identifier': 'd' }],
      'app.managed.list',
    )
    expect(states(both)).toEqual([
      ['a', 'managed', 'command'],
      ['b', 'managed', 'declaration'],
    ])
    expect(states(reported(both, []))).toEqual([['b', 'managed', 'declaration']])
    expect(states(reported(both, [], 'app.managed.list'))).toEqual([['a', 'managed', 'command']])
    expect(states(answered(both, 'RemoveApplication', { Identifier: 'a' }, {}))).toEqual([
      ['b', 'managed', 'declaration'],
    ])
    expect(answered(both, 'RemoveApplication', { Identifier: 'b' }, {})).toEqual(both)
    expect(answered(both, 'RemoveApplication', { Identifier: 'a' }, { Status: 'Error' })).toEqual(both)
  })

  it.each(['UserRejected', 'ManagementRejected', 'Failed', 'UserInstalledApp', 'UpdateRejected'])(
    'keep %s, which a device tells only once',
    (Status) => {
      const once = answered(
        [],
        'ManagedApplicationList',
        {},
        { response: { ManagedApplicationList: { [PAGES]: { Status } } } },
      )
      const later = answered(once, 'ManagedApplicationList', {}, { response: { ManagedApplicationList: {} } })
      expect(later).toEqual(once)
      expect(reported(later, [])).toEqual(once)
    },
  )

  it('remember it also when the app goes on', () => {
    const rejected = reported([], [{ identifier: PAGES, state: 'user-rejected' }])
    const again = reported(rejected, [{ identifier: PAGES, state: 'managed' }], 'mdm.app', NOW + 1)
    expect(again).toMatchObject([{ state: 'managed', at: NOW + 1, once: { state: 'user-rejected', at: NOW } }])
  })

  it('keep the time of their state while it stays the same', () => {
    const first = reported([], [{ identifier: PAGES, state: 'managed' }])
    expect(reported(first, [{ identifier: PAGES, state: 'managed' }], 'mdm.app', NOW + 5)).toEqual(first)
  })

  it('have the reason of a refusal', () => {
    const refused = answered(
      [],
      'InstallApplication',
      { Identifier: PAGES },
      {
        Status: 'Error',
        ErrorChain: [{ ErrorCode: 1, ErrorDomain: 'd', LocalizedDescription: 'nein' }],
        response: { RejectionReason: 'AppStoreDisabled' },
      },
    )
    expect(refused).toMatchObject([{ state: 'failed', reasons: ['AppStoreDisabled'], once: { state: 'failed' } }])
    const declared = reported(
      [],
      [{ identifier: PAGES, state: 'failed', reasons: [{ code: 'Error.LicenseNotFound' }] }],
      'app.managed.list',
    )
    expect(declared).toMatchObject([{ reasons: ['Error.LicenseNotFound'] }])
  })

  it('of a declaration are not touched by a command that is refused', () => {
    const declared = reported([], [{ identifier: PAGES, state: 'managed' }], 'app.managed.list')
    expect(answered(declared, 'InstallApplication', { Identifier: PAGES }, { Status: 'Error' })).toEqual(declared)
  })

  it('that nobody manages are those installed, and are gone with the list', () => {
    const entry = { Identifier: 'com.example.game', Name: 'Game', Version: '3', ShortVersion: '3.1' }
    const installed = answered([], 'InstalledApplicationList', {}, { response: { InstalledApplicationList: [entry] } })
    expect(installed).toMatchObject([{ managedBy: null, state: 'installed', name: 'Game', shortVersion: '3.1' }])
    const empty = { response: { InstalledApplicationList: [] } }
    expect(answered(installed, 'InstalledApplicationList', { ManagedAppsOnly: true }, empty)).toEqual(installed)
    expect(answered(installed, 'InstalledApplicationList', { Identifiers: ['other'] }, empty)).toEqual(installed)
    expect(answered(installed, 'InstalledApplicationList', {}, empty)).toEqual([])
  })

  it('are not touched by what tells nothing about them', () => {
    const known = reported([], [{ identifier: PAGES, state: 'managed' }])
    expect(answered(known, 'InstallApplication', { Identifier: PAGES }, { Status: 'NotNow' })).toBe(known)
    expect(answered(known, 'DeviceInformation', {}, {})).toBe(known)
    expect(reported(known, 'nonsense', 'passcode.is-present')).toBe(known)
    expect([tellsOfApps('InstallApplication'), tellsOfApps('Settings')]).toEqual([true, false])
  })
})
