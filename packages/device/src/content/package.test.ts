import { createHash } from 'node:crypto'
import { encodePlist } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { ok, status } from '../testing/scripted-server.ts'
import { type Stage, stage } from '../testing/stage.ts'

const manifestUrl = 'https://apps.example.org/tool.plist'
const url = 'https://apps.example.org/tool.pkg'
const Identifier = 'com.example.tool'
const octets = Buffer.from('a package')
const digest = (part: Uint8Array) => createHash('sha256').update(part).digest('hex')

function manifestOf(whole: Uint8Array, version = '1.0') {
  const sha256s = [digest(whole.subarray(0, 5)), digest(whole.subarray(5))]
  const assets = [{ kind: 'software-package', url, 'sha256-size': 5, sha256s }]
  const metadata = { kind: 'software', 'bundle-identifier': Identifier, 'bundle-version': version, title: 'Tool' }
  return { items: [{ assets, metadata }] }
}

function host({ server }: Stage, whole: Uint8Array = octets, version?: string): void {
  server.contents.set(manifestUrl, ok(encodePlist(manifestOf(octets, version))))
  server.contents.set(url, ok(whole))
}

async function declared(made: Stage, type: string, Install: string, ManifestURL = manifestUrl): Promise<void> {
  made.server.subscribe('package.list', 'app.managed.list')
  made.server.put(type, 'tool', { ManifestURL, InstallBehavior: { Install } })
  made.server.activate('a', ['tool'])
  await made.sync()
}

const packages = ({ view }: Stage) => view().status['package.list']
const apps = ({ view }: Stage) => view().status['app.managed.list']
const mac = () => stage({ kind: 'mac', switches: { installSeconds: 30 } })

describe('a declared package', () => {
  const type = 'com.apple.configuration.package'

  it('is downloaded chunk by chunk and installed when it is required', async () => {
    const made = await mac()
    host(made)
    await declared(made, type, 'Required')
    expect(made.server.fetched).toEqual([manifestUrl, `${url} 0-4`, `${url} 5-9`])
    const installed = [
      { identifier: Identifier, name: 'Tool', version: '1.0', 'declaration-identifier': 'tool', state: 'installed' },
    ]
    expect(packages(made)).toEqual(installed)
    expect(made.reported('package.list')).toEqual(installed)
    expect(made.state('tool')).toMatchObject({ active: true, valid: 'valid' })
  })

  it('waits for a person when it is optional', async () => {
    const made = await mac()
    host(made)
    await declared(made, type, 'Optional')
    expect(packages(made)).toMatchObject([{ identifier: Identifier, state: 'optional' }])
    expect(made.server.fetched).toEqual([manifestUrl])
    made.device.model.tapInstall(Identifier)
    await made.pass(1)
    expect(packages(made)).toMatchObject([{ state: 'installed' }])
  })

  it('failed where an octet is another, and says so with Apple’s code; the configuration is valid still', async () => {
    const made = await mac()
    host(made, Buffer.from('a pbckage'))
    await declared(made, type, 'Required')
    expect(packages(made)).toMatchObject([
      {
        state: 'failed',
        reasons: [{ code: 'Error.DownloadFailed', details: { Timestamp: expect.stringMatching(/^2026-.*:\d\dZ$/) } }],
      },
    ])
    expect(made.state('tool')).toMatchObject({ valid: 'valid' })
  })

  it('is tried again while the server is in trouble, and not when it refuses', async () => {
    const made = await mac()
    host(made)
    made.server.contents.set(url, status(503))
    await declared(made, type, 'Required')
    expect(packages(made)).toMatchObject([{ identifier: Identifier, state: 'failed' }])
    host(made)
    await made.pass(600)
    expect(packages(made)).toMatchObject([{ state: 'installed' }])
    const refused = await mac()
    await declared(refused, type, 'Required')
    await refused.pass(600)
    expect(packages(refused)).toMatchObject([{ identifier: 'tool', state: 'failed' }])
    expect(refused.server.fetched).toEqual([manifestUrl])
  })

  it('is updated when the version is another, under another token, and stays otherwise', async () => {
    const made = await mac()
    host(made)
    await declared(made, type, 'Required')
    made.server.fetched = []
    made.server.put(type, 'tool', { ManifestURL: `${manifestUrl}#again`, InstallBehavior: { Install: 'Required' } })
    made.server.contents.set(`${manifestUrl}#again`, ok(encodePlist(manifestOf(octets))))
    await made.sync()
    expect(made.server.fetched).toEqual([`${manifestUrl}#again`])
    made.server.put(type, 'tool', { ManifestURL: `${manifestUrl}#2`, InstallBehavior: { Install: 'Required' } })
    made.server.contents.set(`${manifestUrl}#2`, ok(encodePlist(manifestOf(octets, '2.0'))))
    await made.sync()
    expect(packages(made)).toMatchObject([{ version: '2.0', state: 'installed' }])
    expect(made.server.fetched).toContain(`${url} 5-9`)
  })

  it('is no more in the list when nothing declares it, and known after a restart', async () => {
    const made = await mac()
    host(made)
    await declared(made, type, 'Required')
    const again = await stage({ kind: 'mac', state: made.device.save() })
    expect(packages(again)).toEqual(packages(made))
    made.server.take('activation', 'a')
    await made.sync()
    expect(packages(made)).toEqual([])
  })
})

describe('a declared app that a manifest leads to', () => {
  const type = 'com.apple.configuration.app.managed'

  it('is named by it, downloads, and is there after a while', async () => {
    const made = await stage({ switches: { installSeconds: 600 } })
    host(made)
    await declared(made, type, 'Required')
    expect(apps(made)).toMatchObject([{ identifier: Identifier, name: 'Tool', version: '1.0', state: 'installing' }])
    await made.pass(600)
    expect(apps(made)).toMatchObject([{ state: 'managed' }])
  })

  it('failed where an octet is another', async () => {
    const made = await stage()
    host(made, Buffer.from('A package'))
    await declared(made, type, 'Required')
    expect(apps(made)).toMatchObject([{ state: 'failed', reasons: [{ code: 'Error.DownloadFailed' }] }])
  })

  it('is downloaded when a person wants it', async () => {
    const made = await stage({ switches: { installSeconds: 30 } })
    host(made)
    await declared(made, type, 'Optional')
    expect(apps(made)).toMatchObject([{ identifier: Identifier, state: 'optional' }])
    made.device.model.tapInstall()
    await made.pass(31)
    expect(apps(made)).toMatchObject([{ state: 'managed' }])
    expect(made.server.fetched).toContain(`${url} 0-4`)
  })
})

describe('a package that a command brings', () => {
  const asked = async ({ server, device }: Stage, list: 'InstalledApplicationList' | 'ManagedApplicationList') => {
    server.command(device.id, list)
    await device.connect()
    return server.results.at(-1)?.response[list]
  }

  it.each([
    ['an URL', { ManifestURL: manifestUrl }],
    ['the manifest itself', { Manifest: manifestOf(octets) }],
  ])('InstallEnterpriseApplication by %s is acknowledged, then downloaded and there', async (_, keys) => {
    const made = await mac()
    host(made)
    made.server.command(made.device.id, 'InstallEnterpriseApplication', keys)
    await made.device.connect()
    await made.pass(1)
    expect(made.server.results.at(-1)).toMatchObject({ Status: 'Acknowledged' })
    expect(await asked(made, 'InstalledApplicationList')).toMatchObject([{ Identifier, Name: 'Tool', Version: '1.0' }])
    expect(await asked(made, 'ManagedApplicationList')).toEqual({})
  })

  it('InstallEnterpriseApplication is silent about what fails', async () => {
    const made = await mac()
    host(made, Buffer.from('a packagE'))
    made.server.command(made.device.id, 'InstallEnterpriseApplication', { ManifestURL: manifestUrl })
    await made.device.connect()
    await made.pass(1)
    expect(made.server.results.at(-1)).toMatchObject({ Status: 'Acknowledged' })
    expect(await asked(made, 'InstalledApplicationList')).toEqual([])
  })

  it('InstallEnterpriseApplication can have it managed', async () => {
    const made = await mac()
    host(made)
    const keys = { ManifestURL: manifestUrl, InstallAsManaged: true }
    made.server.command(made.device.id, 'InstallEnterpriseApplication', keys)
    await made.device.connect()
    await made.pass(1)
    expect(await asked(made, 'ManagedApplicationList')).toMatchObject({ [Identifier]: { Status: 'Managed' } })
  })

  it('InstallApplication is installing until it is downloaded and installed, or has failed', async () => {
    const made = await stage({ switches: { installSeconds: 30 } })
    host(made)
    const install = async () => {
      made.server.command(made.device.id, 'InstallApplication', { ManifestURL: manifestUrl })
      await made.device.connect()
      await made.pass(30)
      return made.view().status['mdm.app']
    }
    expect(await install()).toMatchObject([{ identifier: Identifier, version: '1.0', state: 'managed' }])
    host(made, Buffer.from('a  ackage'), '2.0')
    expect(await install()).toMatchObject([{ version: '2.0', state: 'failed' }])
  })
})
