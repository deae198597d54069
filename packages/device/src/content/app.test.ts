import { encodePlist } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { ok } from '../testing/scripted-server.ts'
import { stage, valueAt } from '../testing/stage.ts'

const Identifier = 'com.example.pages'

describe('an app that InstallApplication brings', () => {
  it('goes from prompting to removed on a user enrollment, reported at each step', async () => {
    const { server, device, sync, pass } = await stage({ kind: 'byod-iphone' })
    const app = (): unknown => valueAt(server.lastReport.StatusItems, 'mdm.app')
    server.subscribe('mdm.app')
    await sync()
    server.command(device.id, 'InstallApplication', { Identifier })
    await device.connect()
    await pass(60)
    expect(app()).toEqual([
      {
        identifier: Identifier,
        name: 'Pages',
        version: expect.any(String),
        'short-version': expect.any(String),
        'external-version-id': expect.any(String),
        state: 'prompting',
      },
    ])
    device.model.tapInstall(Identifier)
    await pass(60)
    expect(app()).toMatchObject([{ state: 'installing' }])
    device.model.progress(Identifier)
    await pass(60)
    expect(app()).toMatchObject([{ state: 'managed' }])
    device.model.deleteApp(Identifier)
    await pass(60)
    expect(app()).toMatchObject([{ state: 'managed-but-uninstalled' }])
    server.command(device.id, 'RemoveApplication', { Identifier })
    await device.connect()
    await pass(60)
    expect(app()).toEqual([{ identifier: Identifier, _removed: true }])
    expect(server.connects.filter(({ Status }) => Status === 'Idle')).toHaveLength(3)
  })

  it('installs without asking on a supervised device, and is there after a while', async () => {
    const { server, device, view, pass } = await stage({ switches: { installSeconds: 30 } })
    server.command(device.id, 'InstallApplication', { iTunesStoreID: 361309726 })
    await device.connect()
    expect(view().status['mdm.app']).toMatchObject([{ state: 'installing' }])
    await pass(30)
    expect(view().status['mdm.app']).toMatchObject([{ state: 'managed' }])
  })

  it('can be declined', async () => {
    const { server, device, view } = await stage({ kind: 'byod-iphone' })
    server.command(device.id, 'InstallApplication', { Identifier })
    await device.connect()
    device.model.decline(Identifier)
    expect(view().status['mdm.app']).toMatchObject([{ state: 'user-rejected' }])
  })

  it('may be named by an enterprise manifest', async () => {
    const { server, device, view } = await stage()
    const ManifestURL = 'https://apps.example.org/manifest.plist'
    const assets = [{ kind: 'software-package', url: 'https://apps.example.org/inhouse.ipa' }]
    const manifest = { items: [{ assets, metadata: { 'bundle-identifier': 'com.example.inhouse' } }] }
    server.contents.set(ManifestURL, ok(encodePlist(manifest), 'application/xml'))
    server.command(device.id, 'InstallApplication', { ManifestURL })
    server.command(device.id, 'InstallApplication', { ManifestURL: 'https://apps.example.org/none' })
    await device.connect()
    expect(view().status['mdm.app']).toMatchObject([{ identifier: 'com.example.inhouse' }])
    expect(server.results.map(({ Status }) => Status)).toEqual(['Acknowledged', 'Error'])
  })

  it('turns a SUBQUERY predicate on while it is managed, and off when it is not', async () => {
    const { server, device, sync, state } = await stage({ kind: 'byod-iphone' })
    server.put('com.apple.configuration.management.test', 'c', { Echo: '' })
    server.activate(
      'a',
      ['c'],
      `SUBQUERY(@status(mdm.app), $app, ($app.@key(identifier) == "${Identifier}") AND ($app.@key(state) == "managed")).@count == 1`,
    )
    await sync()
    server.command(device.id, 'InstallApplication', { Identifier })
    await device.connect()
    expect(state('c')?.active).toBe(false)
    device.model.tapInstall()
    device.model.progress()
    expect(state('c')?.active).toBe(true)
    device.model.deleteApp(Identifier)
    expect(state('c')?.active).toBe(false)
  })

  it('is listed by commands', async () => {
    const { server, device } = await stage({ switches: { installSeconds: null } })
    server.command(device.id, 'InstallApplication', { Identifier })
    await device.connect()
    device.model.progress()
    server.command(device.id, 'ManagedApplicationList')
    server.command(device.id, 'InstalledApplicationList')
    await device.connect()
    expect(server.results[1]?.response).toMatchObject({
      ManagedApplicationList: { [Identifier]: { Status: 'Managed' } },
    })
    expect(server.results[2]?.response).toMatchObject({ InstalledApplicationList: [{ Identifier }] })
  })
})

describe('an app that a declaration asks for', () => {
  it('is in app.managed.list, takes over from InstallApplication, and goes with its activation', async () => {
    const { server, device, sync, pass } = await stage()
    server.subscribe('mdm.app', 'app.managed.list')
    server.command(device.id, 'InstallApplication', { Identifier })
    await device.connect()
    await sync()
    server.put('com.apple.configuration.app.managed', 'pages', {
      BundleID: Identifier,
      InstallBehavior: { Install: 'Required' },
    })
    server.activate('a', ['pages'])
    await sync()
    const last = (): unknown => server.lastReport.StatusItems
    expect(last()).toMatchObject({
      mdm: { app: [{ identifier: Identifier, _removed: true }] },
      app: { managed: { list: [{ identifier: Identifier, 'declaration-identifier': 'pages', state: 'installing' }] } },
    })
    await pass(90)
    await pass(60)
    expect(last()).toMatchObject({
      app: { managed: { list: [{ state: 'managed', 'external-version-id': expect.any(Number) }] } },
    })
    server.take('activation', 'a')
    await sync()
    expect(last()).toMatchObject({ app: { managed: { list: [{ identifier: Identifier, _removed: true }] } } })
  })

  it('asks the person where nobody supervises, and says so when they decline', async () => {
    const { server, device, sync, view } = await stage({ kind: 'byod-iphone' })
    server.put('com.apple.configuration.app.managed', 'pages', {
      BundleID: Identifier,
      InstallBehavior: { Install: 'Required' },
    })
    server.activate('a', ['pages'])
    await sync()
    expect(view().status['app.managed.list']).toMatchObject([{ state: 'prompting-for-consent' }])
    device.model.decline()
    expect(view().status['app.managed.list']).toMatchObject([
      { state: 'failed', reasons: [{ code: 'Error.UserRejected' }] },
    ])
  })

  it('is only offered when it is optional', async () => {
    const { server, device, sync, view } = await stage()
    server.put('com.apple.configuration.app.managed', 'pages', { BundleID: Identifier })
    server.activate('a', ['pages'])
    await sync()
    expect(view().status['app.managed.list']).toMatchObject([{ state: 'optional' }])
    device.model.tapInstall(Identifier)
    expect(view().status['app.managed.list']).toMatchObject([{ state: 'installing' }])
  })
})
