import { createHash } from 'node:crypto'
import { encodePlist } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { ok, status } from '../testing/scripted-server.ts'
import { stage } from '../testing/stage.ts'

const url = 'https://content.example.org/wifi.mobileconfig'
const legacy = 'com.apple.configuration.legacy'

function profile(payloadType = 'com.apple.wifi.managed', PayloadUUID = 'P-1'): Uint8Array {
  return encodePlist({
    PayloadType: 'Configuration',
    PayloadIdentifier: 'org.example.wifi',
    PayloadUUID,
    PayloadVersion: 1,
    PayloadDisplayName: 'Wi-Fi',
    PayloadContent: [
      { PayloadType: payloadType, PayloadIdentifier: 'org.example.wifi.1', PayloadUUID: 'P-2', PayloadVersion: 1 },
    ],
  })
}

async function profileList({ server, device }: Awaited<ReturnType<typeof stage>>): Promise<unknown> {
  server.command(device.id, 'ProfileList')
  await device.connect()
  return server.results.at(-1)?.response.ProfileList
}

describe('a legacy profile', () => {
  it('is installed while its configuration is active, and listed with its source', async () => {
    const made = await stage()
    const { server, sync, state } = made
    server.contents.set(url, ok(profile(), 'application/x-apple-aspen-config'))
    server.put(legacy, 'wifi', { ProfileURL: url })
    server.activate('a', ['wifi'])
    await sync()
    expect(state('wifi')).toMatchObject({ active: true, valid: 'valid' })
    expect(await profileList(made)).toMatchObject([
      { PayloadIdentifier: 'org.example.wifi', Source: 'Declarative Device Management' },
    ])
    server.take('activation', 'a')
    await sync()
    expect(await profileList(made)).toEqual([])
  })

  it('is replaced in place, once, by new content under a new token', async () => {
    const made = await stage()
    const { server, sync } = made
    server.contents.set(url, ok(profile()))
    server.put(legacy, 'wifi', { ProfileURL: url })
    server.activate('a', ['wifi'])
    await sync()
    server.contents.set(`${url}?2`, ok(profile('com.apple.wifi.managed', 'P-9')))
    server.put(legacy, 'wifi', { ProfileURL: `${url}?2` })
    await sync()
    expect(await profileList(made)).toMatchObject([{ PayloadUUID: 'P-9' }])
    expect(server.fetched).toEqual([url, `${url}?2`])
  })

  it('inside a signature is read as well', async () => {
    const { server, sync, state } = await stage()
    server.contents.set(
      url,
      ok(new Uint8Array(Buffer.concat([Buffer.from([0x30, 0x82, 1, 2]), profile(), Buffer.from([0, 1])]))),
    )
    server.put(legacy, 'wifi', { ProfileURL: url })
    server.activate('a', ['wifi'])
    await sync()
    expect(state('wifi')).toMatchObject({ valid: 'valid' })
  })

  it.each([
    ['cannot be downloaded', status(404)],
    ['is no profile', ok(new TextEncoder().encode('<html>'))],
    ['holds an enrollment', ok(profile('com.apple.mdm'))],
  ])('that %s makes its configuration active and invalid', async (_, answer) => {
    const made = await stage()
    const { server, sync, state } = made
    server.contents.set(url, answer)
    server.put(legacy, 'wifi', { ProfileURL: url })
    server.activate('a', ['wifi'])
    await sync()
    expect(state('wifi')).toMatchObject({
      active: true,
      valid: 'invalid',
      reasons: [{ code: 'Error.ConfigurationCannotBeApplied', description: 'Configuration cannot be applied' }],
    })
    expect(await profileList(made)).toEqual([])
  })

  it('is tried again after the network failed', async () => {
    const { server, sync, state, pass } = await stage()
    server.intercept = (asked) => (asked === url ? 'drop' : undefined)
    server.put(legacy, 'wifi', { ProfileURL: url })
    server.activate('a', ['wifi'])
    await sync()
    expect(state('wifi')).toMatchObject({ valid: 'invalid' })
    server.contents.set(url, ok(profile()))
    server.intercept = () => undefined
    await pass(60)
    expect(state('wifi')).toMatchObject({ valid: 'valid', reasons: [] })
  })

  it('can be left alone until its configuration is active', async () => {
    const { server, sync } = await stage({ switches: { profilesAheadOfActivation: false } })
    server.contents.set(url, ok(profile()))
    server.put(legacy, 'wifi', { ProfileURL: url })
    server.activate('a', ['wifi'], '1 == 2')
    await sync()
    expect(server.fetched).toEqual([])
  })
})

describe('the passcode-gated Wi-Fi', () => {
  it('comes into force without the server, and the report arrives when it is back', async () => {
    const { server, device, sync, state, pass, reported } = await stage()
    server.contents.set(url, ok(profile()))
    server.put(legacy, 'wifi', { ProfileURL: url })
    server.put('com.apple.configuration.passcode.settings', 'policy', { RequirePasscode: true, MinimumLength: 6 })
    server.activate('a-policy', ['policy'])
    server.activate('b-wifi', ['wifi'], '@status(passcode.is-compliant) == TRUE')
    server.subscribe('passcode.is-compliant')
    await sync()
    expect(state('wifi')).toMatchObject({ active: false, valid: 'unknown' })
    server.intercept = () => 'drop'
    device.model.satisfyPasscode()
    await pass(60)
    expect(state('wifi')).toMatchObject({ active: true, valid: 'valid' })
    expect(reported('passcode.is-compliant')).toBe(false)
    server.intercept = () => undefined
    await pass(60)
    expect(reported('passcode.is-compliant')).toBe(true)
    expect(reported('management.declarations')).toMatchObject({
      activations: [{}, { identifier: 'b-wifi', active: true }, {}],
      configurations: [{}, {}, { identifier: 'wifi', active: true, valid: 'valid' }],
    })
  })

  it('comes into force without any network', async () => {
    const { server, device, sync, state, pass, reported } = await stage()
    server.contents.set(url, ok(profile()))
    server.put(legacy, 'wifi', { ProfileURL: url })
    server.activate('b-wifi', ['wifi'], '@status(passcode.is-present) == FALSE')
    server.subscribe('passcode.is-present')
    await sync()
    device.model.setNetwork(false)
    device.model.removePasscode()
    await pass(60)
    expect(state('wifi')).toMatchObject({ active: true, valid: 'valid' })
    expect(reported('passcode.is-present')).toBe(true)
    device.model.setNetwork(true)
    await device.settled()
    expect(reported('passcode.is-present')).toBe(false)
  })
})

describe('the data of an asset', () => {
  const data = new TextEncoder().encode('hello from afar')
  const dataUrl = 'https://content.example.org/data.txt'
  const hash = createHash('sha256').update(data).digest()

  async function echoed(reference: Record<string, string | number>, answer = ok(data, 'text/plain; charset=utf-8')) {
    const made = await stage()
    made.server.contents.set(dataUrl, answer)
    made.server.put('com.apple.asset.data', 'data', { Reference: { DataURL: dataUrl, ...reference } })
    made.server.put('com.apple.configuration.management.test', 'test', { Echo: 'x', EchoDataAssetReference: 'data' })
    made.server.activate('a', ['test'])
    await made.sync()
    return made
  }

  it.each([
    ['hex', hash.toString('hex').toUpperCase()],
    ['base64', hash.toString('base64')],
  ])('is fetched when it is needed, and accepted when type, size and hash (%s) are right', async (_, digest) => {
    const { state } = await echoed({ ContentType: 'text/plain', Size: data.length, 'Hash-SHA-256': digest })
    expect(state('data')).toMatchObject({ active: true, valid: 'valid' })
    expect(state('test')?.reasons[0]?.description).toBe('hello from afar')
  })

  it.each<[string, Record<string, string | number>, string]>([
    ['type', { ContentType: 'application/json' }, 'Error.AssetCannotBeVerified'],
    ['size', { Size: 3 }, 'Error.AssetCannotBeVerified'],
    ['hash', { 'Hash-SHA-256': '00' }, 'Error.AssetCannotBeVerified'],
  ])('of another %s is refused, and its configuration fails', async (_, reference, code) => {
    const { state } = await echoed(reference)
    expect(state('data')).toMatchObject({ active: true, valid: 'invalid', reasons: [{ code }] })
    expect(state('test')).toMatchObject({ active: true, valid: 'invalid' })
  })

  it('is not fetched for what is not active', async () => {
    const { server, sync, state } = await stage()
    server.put('com.apple.asset.data', 'data', { Reference: { DataURL: dataUrl } })
    await sync()
    expect(server.fetched).toEqual([])
    expect(state('data')).toMatchObject({ active: false, valid: 'unknown' })
  })
})
