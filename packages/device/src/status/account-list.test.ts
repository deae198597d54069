import { describe, expect, it } from 'vitest'
import { json, type ScriptedServer } from '../testing/scripted-server.ts'
import { type Stage, stage, valueAt } from '../testing/stage.ts'

const account = 'com.apple.configuration.account.'
const lists = [
  'caldav',
  'carddav',
  'exchange',
  'google',
  'ldap',
  'mail.incoming',
  'mail.outgoing',
  'subscribed-calendar',
]
const credentials = 'https://assets.example.org/credentials.json'

function mail(HostName: string): Parameters<ScriptedServer['put']>[2] {
  const server = { HostName, AuthenticationMethod: 'Password', AuthenticationCredentialsAssetReference: 'credentials' }
  return {
    VisibleName: HostName,
    UserIdentityAssetReference: 'identity',
    IncomingServer: { ServerType: 'IMAP', Port: 993, ...server },
    OutgoingServer: { Port: 587, ...server },
  }
}

function provideAssets({ server }: Stage): void {
  server.contents.set(credentials, json({ UserName: 'ada', Password: 'x' }))
  server.put('com.apple.asset.credential.userpassword', 'credentials', { Reference: { DataURL: credentials } })
  server.put('com.apple.asset.useridentity', 'identity', { FullName: 'Ada', EmailAddress: 'ada@school.example' })
}

describe('accounts', () => {
  it('of all eight kinds are reported with their declaration and with names from their assets', async () => {
    const made = await stage()
    const { server, sync, view } = made
    provideAssets(made)
    const host = { HostName: 'dav.example.org', Port: 8443, AuthenticationCredentialsAssetReference: 'credentials' }
    server.put(`${account}caldav`, 'caldav', host)
    server.put(`${account}carddav`, 'carddav', host)
    server.put(`${account}ldap`, 'ldap', host)
    server.put(`${account}exchange`, 'exchange', {
      EnabledProtocolTypes: ['EAS'],
      HostName: 'mail.example.org',
      UserIdentityAssetReference: 'identity',
      NotesServiceActive: false,
    })
    server.put(`${account}google`, 'google', { UserIdentityAssetReference: 'identity' })
    server.put(`${account}mail`, 'mail', mail('imap.example.org'))
    server.put(`${account}subscribed-calendar`, 'calendar', { CalendarURL: 'https://example.org/fixtures.ics' })
    server.activate('accounts', ['caldav', 'carddav', 'ldap', 'exchange', 'google', 'mail', 'calendar'])
    server.subscribe(...lists.map((list) => `account.list.${list}`))
    await sync()
    await sync()
    const reported = valueAt(server.lastReport.StatusItems, 'account.list')
    expect(reported).toMatchObject({
      caldav: [
        {
          'declaration-identifier': 'caldav',
          hostname: 'dav.example.org',
          port: 8443,
          username: 'ada',
          'are-calendars-enabled': true,
        },
      ],
      carddav: [{ 'declaration-identifier': 'carddav', username: 'ada' }],
      ldap: [{ 'declaration-identifier': 'ldap', 'is-enabled': true }],
      exchange: [{ username: 'ada@school.example', 'is-mail-enabled': true, 'are-notes-enabled': false }],
      google: [{ username: 'ada@school.example', 'are-contacts-enabled': true }],
      mail: {
        incoming: [
          {
            'declaration-identifier': 'mail',
            hostname: 'imap.example.org',
            port: 993,
            username: 'ada',
            'are-notes-enabled': true,
          },
        ],
        outgoing: [{ 'declaration-identifier': 'mail', port: 587, username: 'ada' }],
      },
      'subscribed-calendar': [{ 'calendar-url': 'https://example.org/fixtures.ics', 'is-enabled': true }],
    })
    expect(view().status['account.list.google']).toEqual(valueAt({ reported } as never, 'reported.google'))
    expect(server.fetched).toEqual([credentials])
  })

  it('that are there at once are seen by the predicates of the same synchronization', async () => {
    const made = await stage()
    const { server, sync, view } = made
    server.put('com.apple.asset.useridentity', 'identity', { FullName: 'Ada', EmailAddress: 'ada@school.example' })
    server.put(`${account}google`, 'google', { UserIdentityAssetReference: 'identity' })
    server.put('com.apple.configuration.management.test', 'test', { Echo: 'with an account' })
    server.activate('accounts', ['google'])
    server.activate('with-account', ['test'], '@status(account.list.google).@count > 0')
    await sync()
    expect(view().declarations.configuration.find(({ identifier }) => identifier === 'test')?.active).toBe(true)
  })

  it('are reported one by one: added, changed, removed', async () => {
    const made = await stage()
    const { server, device, sync, pass } = made
    provideAssets(made)
    const incoming = (): unknown => valueAt(server.lastReport.StatusItems, 'account.list.mail.incoming')
    server.put(`${account}mail`, 'one', mail('one.example.org'))
    server.put(`${account}mail`, 'two', mail('two.example.org'))
    server.activate('accounts', ['one', 'two'])
    server.subscribe('account.list.mail.incoming', 'account.list.mail.outgoing')
    await sync()
    expect(incoming()).toMatchObject([{ 'declaration-identifier': 'one' }, { 'declaration-identifier': 'two' }])
    server.put(`${account}mail`, 'three', mail('three.example.org'))
    server.activate('accounts', ['one', 'two', 'three'])
    await sync()
    expect(incoming()).toMatchObject([{ 'declaration-identifier': 'three' }])
    device.model.toggleAccount('two', 'are-notes-enabled', false)
    await pass(60)
    expect(incoming()).toMatchObject([
      { 'declaration-identifier': 'two', 'are-notes-enabled': false, 'is-mail-enabled': true },
    ])
    expect(valueAt(server.lastReport.StatusItems, 'account.list.mail.outgoing')).toBeUndefined()
    server.take('configuration', 'one')
    server.activate('accounts', ['two', 'three'])
    await sync()
    expect(incoming()).toEqual([{ identifier: expect.any(String), _removed: true }])
  })

  it('are not made when their credentials cannot be had', async () => {
    const made = await stage()
    const { server, sync, state, view } = made
    provideAssets(made)
    server.contents.clear()
    server.put(`${account}mail`, 'one', mail('one.example.org'))
    server.activate('accounts', ['one'])
    await sync()
    expect(state('credentials')).toMatchObject({
      active: true,
      valid: 'invalid',
      reasons: [{ code: 'Error.AssetCannotBeDownloaded' }],
    })
    expect(state('one')).toMatchObject({
      active: true,
      valid: 'invalid',
      reasons: [{ code: 'Error.ConfigurationCannotBeApplied' }],
    })
    expect(view().status['account.list.mail.incoming']).toEqual([])
  })

  it.each(['mac', 'shared-ipad'] as const)('of a %s are on its user channel', async (kind) => {
    const { server, device, sync, view } = await stage({ kind })
    const user = device.channels()[1]?.id
    server.put(`${account}subscribed-calendar`, 'calendar', { CalendarURL: 'https://example.org/fixtures.ics' })
    server.activate('accounts', ['calendar'])
    server.subscribe('account.list.subscribed-calendar')
    await sync(user)
    expect(valueAt(server.lastReport.StatusItems, 'account.list.subscribed-calendar')).toHaveLength(1)
    expect(view(device.id).enabled).toBe(false)
  })

  it('that no active configuration made cannot be changed', async () => {
    const { device } = await stage()
    expect(() => device.model.toggleAccount('none', 'is-enabled', false)).toThrow('no active configuration none')
  })
})
