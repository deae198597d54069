import { relatedKeys } from '@edict/device'
import { readCertificate, verifySignedData } from '@edict/pki'
import { decodePlist, isPlistDict, type PlistDict } from '@edict/protocol'
import { invitedProfile } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { openWorld, type World } from '../harness/world.ts'

const minute = 60_000
const keys = relatedKeys('invitations')

describe.each(databases)('invitations on %s', (database) => {
  let world: World
  let passed = 0
  beforeAll(async () => {
    world = await openWorld(database, { insecureDevices: false, now: () => Date.now() + passed })
  })
  afterAll(() => world.close())

  const invite = (body = {}) => world.admin('create-invitation', { body })
  const stateOf = async (id: string) =>
    (await world.admin('list-invitations')).items.find((one) => one.id === id)?.state
  const press = (link: string) => fetch(link, { method: 'POST' })

  it('are not used up by looking at their page, as previews of links do', async () => {
    const { link } = await invite()
    for (const method of ['HEAD', 'GET', 'GET']) {
      const looked = await fetch(link, { method, headers: { accept: '*/*' } })
      expect(looked.status).toBe(200)
      expect(looked.headers.get('content-type')).toContain('text/html')
      expect(looked.headers.get('cache-control')).toBe('no-store')
      expect(looked.headers.get('referrer-policy')).toBe('no-referrer')
    }
    expect((await press(link)).status).toBe(200)
  })

  it('give one profile, to one of many who press at once', async () => {
    const { id, link } = await invite()
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await press(link)).status))
    expect(statuses.sort()).toEqual([200, 410, 410, 410, 410, 410])
    expect(await stateOf(id)).toBe('used')
    expect((await fetch(link)).status).toBe(410)
  })

  it('give as many as they are for', async () => {
    const { link } = await invite({ devices: 2 })
    expect([(await press(link)).status, (await press(link)).status, (await press(link)).status]).toEqual([
      200, 200, 410,
    ])
  })

  it('are over when their time is, or when they are taken back', async () => {
    const [late, revoked] = [await invite({ lifetime: 60 }), await invite()]
    await world.admin('revoke-invitation', { params: { id: revoked.id } })
    passed += 2 * minute
    expect([await stateOf(late.id), await stateOf(revoked.id)]).toEqual(['expired', 'revoked'])
    for (const { link } of [late, revoked]) {
      expect((await fetch(link)).status).toBe(410)
      expect((await press(link)).status).toBe(410)
    }
  })

  it('that do not exist are 404, and cannot be taken back', async () => {
    const link = `${world.url}/enroll/${'x'.repeat(27)}`
    expect([(await fetch(link)).status, (await press(link)).status]).toEqual([404, 404])
    expect(await world.admin.refused('revoke-invitation', { params: { id: 'x' } })).toMatchObject({
      status: 404,
      code: 'invitation-missing',
    })
  })

  it('tell their link once: it is in no list, no audit and no event', async () => {
    const { link } = await invite({ note: 'for Ada' })
    const token = link.split('/').at(-1) ?? ''
    expect(token.length).toBeGreaterThanOrEqual(27)
    const told = [await world.admin('list-invitations'), await world.admin('list-audit')]
    const events = await world.server.services.store.scan.events(0, 1000)
    expect(JSON.stringify([told, events])).not.toContain(token)
    expect(JSON.stringify(told)).toContain('for Ada')
  })

  it('lead to a signed profile with an identity, its authority, and all that a first profile has to have', async () => {
    const signed = await invitedProfile((await invite()).link)
    const { content, signer } = verifySignedData(signed)
    const authority = await world.server.services.trust.authority()
    expect(signer.fingerprint).toBe(authority.certificate.fingerprint)
    const payloads = payloadsOf(content)
    const [root, scep, mdm] = ['com.apple.security.root', 'com.apple.security.scep', 'com.apple.mdm'].map((type) =>
      payloads.find(({ PayloadType }) => PayloadType === type),
    )
    expect(readCertificate(root?.PayloadContent as Uint8Array).fingerprint).toBe(authority.certificate.fingerprint)
    expect(scep?.PayloadContent).toMatchObject({ URL: `${world.url}/scep`, Keysize: 2048, 'Key Type': 'RSA' })
    const fingerprint = new Uint8Array(Buffer.from(authority.certificate.fingerprint, 'hex'))
    expect(scep?.PayloadContent).toMatchObject({ CAFingerprint: fingerprint })
    expect(mdm).toMatchObject({
      IdentityCertificateUUID: scep?.PayloadUUID,
      Topic: 'com.apple.mgmt.External.edict',
      ServerURL: `${world.url}/mdm/connect`,
      CheckInURL: `${world.url}/mdm/checkin`,
      SignMessage: true,
      AccessRights: 8191,
      CheckOutWhenRemoved: true,
      ServerCapabilities: ['com.apple.mdm.per-user-connections', 'com.apple.mdm.bootstraptoken', 'com.apple.mdm.token'],
    })
  })

  it('enroll a device that is pinned to its certificate, with its user channels', async () => {
    const device = world.make({ kind: 'mac', keys })
    await device.enroll(await invitedProfile((await invite()).link))
    await world.inSync(device)
    const pins = await world.server.services.store.read.pinsOf(device.id)
    expect(pins.map(({ state }) => state)).toEqual(['current'])
    const [, user] = device.channels()
    await world.inSync(device, user?.id)
  })

  it('enroll one device with each profile: who copies it gets no identity', async () => {
    const profile = await invitedProfile((await invite()).link)
    await world.make({ kind: 'ipad', keys }).enroll(profile)
    await expect(world.make({ kind: 'ipad', keys }).enroll(profile)).rejects.toMatchObject({ code: 'identity-refused' })
  })

  it('let a device that was erased in again only when they are for it', async () => {
    const erased = world.make({ kind: 'ipad', keys })
    await erased.enroll(await invitedProfile((await invite()).link))
    const fromAnyone = await invitedProfile((await invite()).link)
    await expect(erased.enroll(fromAnyone)).rejects.toMatchObject({ at: 'Authenticate', found: 400 })
    const { link, enrollment } = await invite({ enrollment: erased.id })
    expect(enrollment).toBe(erased.id)
    await erased.enroll(await invitedProfile(link))
    await world.inSync(erased)
  })

  it('for a device that left let it in, but not by a profile that was made before it left', async () => {
    const left = world.make({ kind: 'ipad', keys })
    await left.enroll(await invitedProfile((await invite()).link))
    const before = await invitedProfile((await invite({ enrollment: left.id })).link)
    const { link } = await invite({ enrollment: left.id })
    await left.checkOut()
    await expect(left.enroll(before)).rejects.toMatchObject({ code: 'identity-refused' })
    await left.enroll(await invitedProfile(link))
    await world.inSync(left)
  })

  it('for one device are not for another, or for several', async () => {
    const [one, other] = [world.make({ kind: 'ipad', keys }), world.make({ kind: 'ipad', keys })]
    await one.enroll(await invitedProfile((await invite()).link))
    const { link } = await invite({ enrollment: one.id })
    const profile = await invitedProfile(link)
    await expect(other.enroll(profile)).rejects.toMatchObject({ at: 'Authenticate', found: 400 })
    const refusal = await world.admin.refused('create-invitation', { body: { enrollment: one.id, devices: 2 } })
    expect(refusal).toMatchObject({ status: 400, at: '/devices' })
    const unknown = await world.admin.refused('create-invitation', { body: { enrollment: 'nobody' } })
    expect(unknown).toMatchObject({ status: 404, code: 'enrollment-missing' })
  })

  it('cannot be made where devices could not find the server', async () => {
    const outside = await openWorld(database, { insecureDevices: false, options: { listen: '0.0.0.0:0' } })
    try {
      const refused = await outside.admin.refused('create-invitation', { body: {} })
      expect(refused).toMatchObject({
        status: 409,
        code: 'public-url-missing',
        remedy: expect.stringContaining('--url'),
      })
    } finally {
      await outside.close()
    }
  })
})

function payloadsOf(content: Uint8Array): readonly PlistDict[] {
  const profile = decodePlist(content)
  const payloads = isPlistDict(profile) ? profile.PayloadContent : undefined
  return Array.isArray(payloads) ? payloads.filter(isPlistDict) : []
}
