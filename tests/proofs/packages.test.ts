import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Device } from '@edict/device'
import { decodePlist } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation, type Written } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { handIn } from '../harness/hand-in.ts'
import { signed } from '../harness/identities.ts'
import { identityOf } from '../harness/proof-by-hand.ts'
import { sendRaw } from '../harness/raw.ts'
import { conditionOf, statusOf } from '../harness/said.ts'
import { openWorld, type World } from '../harness/world.ts'

const CHUNK = 10 * 1024 * 1024
const BUNDLE = 'com.example.tool'
const OCTETS = 'application/octet-stream'

/** More than two chunks. */
const octets = randomBytes(2 * CHUNK + 1000)
const facts = { bundleIdentifier: BUNDLE, bundleVersion: '1.0', title: 'The Tool' }

const sha256 = (part: Uint8Array) => createHash('sha256').update(part).digest('hex')
const path = (url: string | null) => new URL(url ?? '').pathname

const declared = (type: Written['Type'], $content: string): Written => ({
  Type: type,
  Payload: { ManifestURL: { $content }, InstallBehavior: { Install: 'Required' } },
})

describe.each(databases)('hosted packages on %s', (database) => {
  let world: World
  let folder: string
  let mac: Device
  let ipad: Device
  let other: Device
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-packages-'))
    world = await openWorld(`${database} over TLS`, { options: { content: folder } })
    const { status, answer } = await handIn(world.url, 'tool.pkg', OCTETS, octets, facts)
    expect([status, answer.problems]).toEqual([200, []])
    await handIn(world.url, 'tool.ipa', OCTETS, octets.subarray(0, 1000), { ...facts, title: 'The App' })
    mac = await world.enroll({ kind: 'mac', switches: { networkRetry: 0.05 } })
    ipad = await world.enroll({ kind: 'ipad', switches: { networkRetry: 0.05, installSeconds: 0.05 } })
    other = await world.enroll({ kind: 'mac' })
    for (const device of [mac, ipad, other]) await world.inSync(device)
  }, 60_000)
  afterAll(async () => {
    await world.close()
    await rm(folder, { recursive: true, force: true })
  })

  const get = (url: string, by: Device, headers: Record<string, string> = {}) =>
    sendRaw(world.url, '', { path: url, method: 'GET', headers: { ...signed('', identityOf(by)), ...headers } })
  const content = (name: string) => world.admin('get-content', { params: { name } })
  const packages = (device: Device) => device.inspect().channels[0]?.status['package.list']
  /** Without what the URLs have of keys. */
  const asked = (device: Device, url: string | null) =>
    device.requests.filter(({ endpoint }) => endpoint.split('?')[0] === `GET ${url}`).map(({ status }) => status)
  /** Where a device looked for something, last: path and query. */
  const lookedAt = (device: Device, url: string | null) => {
    const found = device.requests.filter(({ endpoint }) => endpoint.split('?')[0] === `GET ${url}`).at(-1)?.endpoint
    return found === undefined ? '' : found.slice(found.indexOf('/content/'))
  }
  const send = (device: Device, RequestType: string, keys: Record<string, unknown>) =>
    world.admin('send-command', { params: { id: device.id }, body: { RequestType, ...keys } })

  it('have a manifest that says what they are, with a hash for each 10 MiB', async () => {
    const { url, manifest, usedBy } = await content('tool.pkg')
    expect(usedBy).toEqual([])
    const file = await readFile(join(folder, path(manifest).split('/')[2] ?? ''))
    const sha256s = [0, 1, 2].map((index) => sha256(octets.subarray(index * CHUNK, (index + 1) * CHUNK)))
    expect(decodePlist(file)).toEqual({
      items: [
        {
          assets: [{ kind: 'software-package', url, 'sha256-size': CHUNK, sha256s }],
          metadata: { kind: 'software', 'bundle-identifier': BUNDLE, 'bundle-version': '1.0', title: 'The Tool' },
        },
      ],
    })
  })

  it('that are declared by their name are installed on a Mac, chunk by chunk', async () => {
    await putSet(world.admin, 'tool', {
      tool: declared('com.apple.configuration.package', 'tool.pkg'),
      'tool.on': activation(['tool']),
    })
    await giveSet(world.admin, 'tool', mac.id)
    const { url, manifest, usedBy } = await content('tool.pkg')
    expect(usedBy).toEqual(['tool'])
    const { Payload } = await world.admin('get-declaration', { params: { identifier: 'tool' } })
    const { ManifestURL } = Payload as { readonly ManifestURL: string }
    expect(ManifestURL).toMatch(/\.pkg\.plist\?key=\$\{content\.1\.[0-9a-f]{64}\}$/)
    expect(ManifestURL.split('?')[0]).toBe(manifest)
    await eventually('it is installed', () => JSON.stringify(packages(mac))?.includes('"installed"') === true)
    expect(packages(mac)).toEqual([
      { identifier: BUNDLE, name: 'The Tool', version: '1.0', 'declaration-identifier': 'tool', state: 'installed' },
    ])
    expect([asked(mac, manifest), asked(mac, url)]).toEqual([[200], [206, 206, 206]])
    await world.inSync(mac)
    expect(await conditionOf(world.admin, mac.id, 'tool')).toMatchObject({ condition: 'in-force' })
  })

  it('are nobody else’s, manifest and package alike, and the manifest is what leads to the package', async () => {
    const { url, manifest } = await content('tool.pkg')
    for (const at of [url, manifest]) {
      expect((await get(path(at), mac, { range: 'bytes=0-0' })).status).toBe(206)
      expect((await get(path(at), other)).status).toBe(404)
      expect((await sendRaw(world.url, '', { path: path(at), method: 'GET' })).status).toBe(400)
    }
    const { url: app } = await content('tool.ipa')
    expect((await get(path(app), mac)).status).toBe(404)
  })

  it('are downloaded without a word of who asks, by keys that are for one device, one content, and no longer than it is to have it', async () => {
    const { url, manifest } = await content('tool.pkg')
    const plainly = (at: string) => sendRaw(world.url, '', { path: at, method: 'GET', headers: { range: 'bytes=0-0' } })
    const [byManifest, byPackage] = [lookedAt(mac, manifest), lookedAt(mac, url)]
    for (const at of [byManifest, byPackage]) expect(at).toMatch(/\?key=1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/)
    expect([(await plainly(byManifest)).status, (await plainly(byPackage)).status]).toEqual([200, 206])
    const { url: app } = await content('tool.ipa')
    const wrong = [
      `${path(app)}?${byPackage.split('?')[1]}`,
      `${path(url)}?${byManifest.split('?')[1]}`,
      byPackage.replace(Buffer.from(mac.id).toString('base64url'), Buffer.from(other.id).toString('base64url')),
      byPackage.replace('key=1.', 'key=2.'),
      byPackage.slice(0, -1),
    ]
    for (const at of wrong) expect((await plainly(at)).status, at).toBe(404)
    const leaver = await world.enroll({ kind: 'mac', switches: { networkRetry: 0.05 } })
    await giveSet(world.admin, 'tool', leaver.id)
    await eventually('it is installed', () => JSON.stringify(packages(leaver))?.includes('"installed"') === true)
    const theirs = lookedAt(leaver, url)
    expect((await plainly(theirs)).status).toBe(206)
    await world.admin('revoke-enrollment', { params: { id: leaver.id }, body: {} })
    expect((await plainly(theirs)).status).toBe(404)
  })

  it('are downloaded as well by devices that say who they are', async () => {
    const prover = await world.enroll({ kind: 'mac', switches: { networkRetry: 0.05, provesItselfForPackages: true } })
    await giveSet(world.admin, 'tool', prover.id)
    await eventually('it is installed', () => JSON.stringify(packages(prover))?.includes('"installed"') === true)
  })

  it('that are handed in anew reach the devices, with the facts that were not said again', async () => {
    const before = await content('tool.pkg')
    const { answer } = await handIn(world.url, 'tool.pkg', OCTETS, octets.subarray(1), { bundleVersion: '1.1' })
    expect(answer).toMatchObject({ problems: [], effects: { declarations: ['tool'] }, content: { usedBy: ['tool'] } })
    const installed = () => JSON.stringify(packages(mac)) ?? ''
    await eventually('the new one is installed', () => /"1\.1".*"installed"/.test(installed()))
    expect(installed()).toContain('The Tool')
    // A device that has not come since may still fetch what it was shown.
    expect((await get(path(before.url), mac, { range: 'bytes=0-0' })).status).toBe(206)
    await world.inSync(mac)
  })

  it('change nothing when they are the same again, and are warned of when only their version is', async () => {
    const again = await handIn(world.url, 'tool.pkg', OCTETS, octets.subarray(1))
    expect(again.answer).toMatchObject({ problems: [], effects: { declarations: [] } })
    const { answer } = await handIn(world.url, 'tool.pkg', OCTETS, octets.subarray(2))
    expect(answer.problems).toMatchObject([{ code: 'package-version-unchanged', severity: 'warning', found: '1.1' }])
    await world.inSync(mac)
  })

  it('are refused without their identifier or version, before they are read', async () => {
    const { status, answer } = await handIn(world.url, 'bare.pkg', OCTETS, octets, { title: 'Bare' })
    expect([status, answer.code]).toEqual([422, 'package-incomplete'])
    expect(answer.problems?.map(({ at }) => at)).toEqual(['/query/bundleIdentifier', '/query/bundleVersion'])
    expect(await world.admin.refused('get-content', { params: { name: 'bare.pkg' } })).toMatchObject({ status: 404 })
  })

  it('cannot be referred to by a manifest where they have none', async () => {
    await handIn(world.url, 'notes.txt', 'text/plain', 'no package')
    const body = declared('com.apple.configuration.package', 'notes.txt')
    expect(await world.admin.refused('put-declaration', { params: { identifier: 'notes' }, body })).toMatchObject({
      status: 422,
      code: 'content-without-manifest',
      at: '/Payload/ManifestURL',
    })
    const keys = { RequestType: 'InstallEnterpriseApplication', Manifest: { $content: 'none.pkg' } }
    const refused = await world.admin.refused('send-command', { params: { id: other.id }, body: keys })
    expect(refused).toMatchObject({ status: 422, code: 'content-unknown', at: '/Manifest' })
  })

  it('have other keys after a rotation, and are not downloaded again for that', async () => {
    const { url, manifest } = await content('tool.pkg')
    const packageOf = asked(mac, url).length
    await world.admin('rotate-content-key', {})
    await eventually('it looked with another key', () => lookedAt(mac, manifest).includes('?key=2.'))
    await world.inSync(mac)
    expect(asked(mac, url).length).toBe(packageOf)
    expect(packages(mac)).toMatchObject([{ version: '1.1', state: 'installed' }])
    const fresh = await world.enroll({ kind: 'mac', switches: { networkRetry: 0.05 } })
    await giveSet(world.admin, 'tool', fresh.id)
    await eventually('it is installed', () => JSON.stringify(packages(fresh))?.includes('"installed"') === true)
    expect(lookedAt(fresh, url)).toContain('?key=2.')
  })

  it('one octet of which is another fail, and the device says so with Apple’s code', async () => {
    const victim = await world.enroll({ kind: 'mac', switches: { networkRetry: 0.05 } })
    const { sha256: name } = await content('tool.pkg')
    const file = join(folder, name)
    const good = await readFile(file)
    const bad = Buffer.from(good)
    bad[CHUNK + 5] = (bad[CHUNK + 5] ?? 0) ^ 1
    await writeFile(file, bad)
    await giveSet(world.admin, 'tool', victim.id)
    await eventually('it failed', () => JSON.stringify(packages(victim))?.includes('"failed"') === true)
    await world.inSync(victim)
    const expected = [{ state: 'failed', reasons: [{ code: 'Error.DownloadFailed' }] }]
    expect(packages(victim)).toMatchObject(expected)
    expect(await statusOf(world.admin, victim.id, 'package.list')).toMatchObject({ answer: 'value', value: expected })
    await writeFile(file, good)
  })

  it('of a declared app are installed on an iPad', async () => {
    await putSet(world.admin, 'app', {
      app: declared('com.apple.configuration.app.managed', 'tool.ipa'),
      'app.on': activation(['app']),
    })
    await giveSet(world.admin, 'app', ipad.id)
    const managed = () => JSON.stringify(ipad.inspect().channels[0]?.status['app.managed.list']) ?? ''
    await eventually('it is managed', () => managed().includes('"managed"'))
    expect(managed()).toContain('The App')
    await world.inSync(ipad)
  })

  it.each([
    ['ManifestURL', 'InstalledApplicationList'],
    ['Manifest', 'InstalledApplicationList'],
  ] as const)('InstallEnterpriseApplication gets them by %s, and they are for that device alone', async (key, list) => {
    const one = await world.enroll({ kind: 'mac' })
    const { url } = await content('tool.pkg')
    expect((await get(path(url), one)).status).toBe(404)
    const sent = await send(one, 'InstallEnterpriseApplication', { [key]: { $content: 'tool.pkg' } })
    const shown = JSON.stringify(sent.command)
    expect(shown).toContain(`${key === 'Manifest' ? url : (await content('tool.pkg')).manifest}?key=\${content.2.`)
    await eventually('all of it was fetched', () => asked(one, url).length === 2 + 1)
    await one.settled()
    const { uuid } = await send(one, list, {})
    const answer = async () => world.admin('get-command', { params: { id: one.id, uuid } })
    await eventually('it answered', async () => (await answer()).state === 'acknowledged')
    expect((await answer()).response).toMatchObject({ [list]: [{ Identifier: BUNDLE, Version: '1.1' }] })
    expect((await get(path(url), other)).status).toBe(404)
    // What was kept of the command has no key.
    const kept = await world.admin('get-command', { params: { id: one.id, uuid: sent.uuid } })
    expect(JSON.stringify(kept)).not.toContain(lookedAt(one, url).split('key=')[1])
  })

  it('InstallApplication gets them by ManifestURL, and says what became of it', async () => {
    const { uuid } = await send(ipad, 'InstallApplication', { ManifestURL: { $content: 'tool.ipa' } })
    const answer = async () => world.admin('get-command', { params: { id: ipad.id, uuid } })
    await eventually('it answered', async () => (await answer()).answeredAt !== null)
    // What a declaration manages no command may touch.
    expect((await answer()).state).toBe('error')
    const free = await world.enroll({ kind: 'ipad', switches: { installSeconds: 0.05 } })
    await send(free, 'InstallApplication', { ManifestURL: { $content: 'tool.ipa' } })
    const app = async () => (await world.admin('list-apps', { params: { id: free.id } })).items[0]
    await eventually('it is managed', async () => {
      await send(free, 'ManagedApplicationList', {})
      await free.settled()
      return (await app())?.state === 'managed'
    })
    expect(await app()).toMatchObject({ identifier: BUNDLE })
  })

  it('of a command that is taken back are not for the device any more', async () => {
    const one = await world.enroll({ kind: 'mac' })
    await world.inSync(one)
    one.model.setNetwork(false)
    const { manifest } = await content('tool.pkg')
    const { uuid } = await send(one, 'InstallEnterpriseApplication', { ManifestURL: { $content: 'tool.pkg' } })
    expect((await get(path(manifest), one)).status).toBe(200)
    await world.admin('cancel-command', { params: { id: one.id, uuid } })
    expect((await get(path(manifest), one)).status).toBe(404)
  })

  it('are removed with their manifests, and not while a declaration refers to either', async () => {
    const refused = await world.admin.refused('delete-content', { params: { name: 'tool.pkg' } })
    expect(refused).toMatchObject({ code: 'content-in-use', by: ['tool'] })
    await handIn(world.url, 'brief.pkg', OCTETS, 'brief', facts)
    expect(await content('brief.pkg.plist')).toMatchObject({ type: 'application/xml', manifest: null })
    await world.admin('delete-content', { params: { name: 'brief.pkg' } })
    for (const name of ['brief.pkg', 'brief.pkg.plist'])
      expect(await world.admin.refused('get-content', { params: { name } })).toMatchObject({ status: 404 })
  })
})
