import { createSignedData, readCertificate, verifyMdmSignature } from '@edict/pki'
import { describe, expect, it } from 'vitest'
import { createDevice } from '../device.ts'
import type { DeviceOptions } from '../device-options.ts'
import { ScriptedAuthority } from '../testing/scripted-authority.ts'
import { status } from '../testing/scripted-server.ts'
import { type Stage, stage } from '../testing/stage.ts'
import { relatedKeys } from './related-keys.ts'

const start = Date.parse('2026-09-01T08:00:00Z')
const authority = await ScriptedAuthority.make(() => start)
const keys = relatedKeys('profile-enrollment')

async function enrolled(options: Partial<DeviceOptions> = {}, profile = authority.profile()): Promise<Stage> {
  const made = await stage({ keys, ...options })
  made.server.authority = authority
  made.server.proofs.length = 0
  made.server.checkIns.length = 0
  await made.device.enroll(profile)
  return made
}

/** Who signed the last message, by fingerprint. */
function lastSigner({ server, clock }: Stage): string | undefined {
  const { body, sealed } = server.proofs.at(-1) ?? {}
  if (body === undefined || sealed?.signature === undefined) return undefined
  const roots = [authority.own.certificate]
  return verifyMdmSignature(sealed.signature, body, { roots, now: clock.now() }).certificate.fingerprint
}

describe('enrollment by a profile', () => {
  it('gets an identity with the challenge, and signs every message by it', async () => {
    const made = await enrolled()
    expect(authority.challenges.at(-1)).toBe('one-time')
    expect(lastSigner(made)).toBe(authority.issued.at(-1)?.fingerprint)
    await made.device.connect()
    expect(made.server.proofs.at(-1)?.sealed?.url).toBe('https://mdm.example/mdm/connect')
    expect(lastSigner(made)).toBe(authority.issued.at(-1)?.fingerprint)
    expect(made.server.checkIns[0]).toMatchObject({ Topic: 'com.apple.mgmt.External.scripted' })
  })

  it('hands its certificate, its key, and whom the profile trusts to TLS', async () => {
    const { server } = await enrolled({}, authority.profile({ SignMessage: false }))
    const sealed = server.proofs.at(-1)?.sealed
    expect(sealed?.signature).toBeUndefined()
    expect(sealed?.tls.identity?.certificate).toContain('BEGIN CERTIFICATE')
    expect(sealed?.tls.identity?.key).toContain('BEGIN PRIVATE KEY')
    expect(sealed?.tls.authorities).toHaveLength(1)
  })

  it('takes a profile that is signed, and none whose signature does not fit', async () => {
    const signed = createSignedData(authority.profile(), { signer: authority.own })
    await expect(enrolled({}, signed)).resolves.toBeDefined()
    const forged = Uint8Array.from(signed)
    const at = Buffer.from(signed).indexOf('External.scripted')
    forged[at] = 'e'.charCodeAt(0)
    await expect(enrolled({}, forged)).rejects.toMatchObject({ code: 'profile-unreadable' })
  })

  it.each([
    ['without a topic', { Topic: 'edict' }, 'Topic'],
    ['over plain HTTP', { ServerURL: 'http://mdm.example/mdm' }, 'ServerURL'],
    ['without its identity', { IdentityCertificateUUID: 'other' }, 'IdentityCertificateUUID'],
  ])('refuses a profile %s', async (_, mdm, at) => {
    await expect(enrolled({}, authority.profile(mdm))).rejects.toMatchObject({ code: 'profile-incomplete', at })
  })

  it('refuses an authority that is not the one of CAFingerprint', async () => {
    const profile = authority.profile({}, { CAFingerprint: new Uint8Array(32) })
    await expect(enrolled({}, profile)).rejects.toMatchObject({ code: 'authority-foreign' })
  })

  it('says when the authority refuses', async () => {
    authority.answer = () => ({ status: 'failure', failInfo: 'badRequest' })
    await expect(enrolled()).rejects.toMatchObject({ code: 'identity-refused', found: 'badRequest' })
    authority.answer = () => undefined
  })

  it('sends the same request again, after a while, when no answer came or it is pending', async () => {
    const made = await stage({ keys })
    made.server.authority = authority
    const before = authority.challenges.length
    let lost = 0
    made.server.intercept = (endpoint) => (endpoint === 'PKIOperation' && lost++ === 0 ? 'drop' : undefined)
    let pending = 0
    authority.answer = () => (pending++ === 0 ? { status: 'pending' } : undefined)
    const done = made.device.enroll(authority.profile())
    while (pending < 2) {
      await new Promise(setImmediate)
      if (made.clock.next() !== undefined) made.clock.advance(10_000)
    }
    await done
    authority.answer = () => undefined
    expect(authority.challenges.length - before).toBe(2)
  })

  it('goes on with the identity it got when the same profile is tried again', async () => {
    const made = await stage({ keys })
    made.server.authority = authority
    const before = authority.issued.length
    const profile = authority.profile()
    for (const failing of ['PKIOperation', 'Authenticate', 'TokenUpdate']) {
      made.server.intercept = (endpoint) => (endpoint === failing ? status(400) : undefined)
      await expect(made.device.enroll(profile)).rejects.toThrow('400')
    }
    made.server.intercept = () => undefined
    await made.device.enroll(profile)
    expect(authority.issued.length - before).toBe(1)
    await made.device.enroll(profile)
    expect(authority.issued.length - before).toBe(2)
  })

  it('of a Mac has no user channel unless the profile asks for it', async () => {
    const { server } = await enrolled({ kind: 'mac' }, authority.profile({ ServerCapabilities: [] }))
    expect(server.checkIns.map(({ MessageType }) => MessageType)).toEqual(['Authenticate', 'TokenUpdate'])
    const { server: other } = await enrolled({ kind: 'mac' })
    expect(other.checkIns).toHaveLength(3)
  })

  it('of a Mac puts its own names into the subject', async () => {
    const subject = { Subject: [[['CN', '%SerialNumber%']]] }
    await expect(enrolled({ kind: 'mac' }, authority.profile({}, subject))).resolves.toBeDefined()
  })

  it('says nothing at its end when the profile says so', async () => {
    const { server, device } = await enrolled({}, authority.profile({ CheckOutWhenRemoved: false }))
    const before = server.checkIns.length
    await device.checkOut()
    expect(server.checkIns).toHaveLength(before)
    expect(device.inspect().enrolled).toBe(false)
  })

  it('is kept with its key, and gone once the enrollment ends', async () => {
    const made = await enrolled()
    const state = made.device.save()
    const again = await stage({ state, keys, transport: made.server })
    await again.device.connect()
    expect(lastSigner(made)).toBe(authority.issued.at(-1)?.fingerprint)
    await again.device.checkOut()
    expect(again.device.save().device.profile).toBeNull()
  })

  it('ends with a state of which nothing but the enrollment is left out', async () => {
    const { server, clock } = await enrolled()
    const device = createDevice({ kind: 'ipad', seed: 'other', transport: server, clock })
    expect(device.save().device.profile).toBeNull()
  })
})

describe('renewal by InstallProfile', () => {
  it('gets another identity, answers under the old one, and goes on under the new one', async () => {
    const made = await enrolled()
    const old = authority.issued.at(-1)?.fingerprint
    made.server.command(made.device.id, 'InstallProfile', { Payload: authority.profile({}, { Challenge: 'second' }) })
    await made.device.connect()
    await made.device.settled()
    expect(authority.challenges.at(-1)).toBe('second')
    expect(made.server.results.at(-1)).toMatchObject({ Status: 'Acknowledged' })
    expect(made.server.checkIns.at(-1)).toMatchObject({ MessageType: 'TokenUpdate' })
    const renewed = authority.issued.at(-1)?.fingerprint
    expect(renewed).not.toBe(old)
    expect(lastSigner(made)).toBe(renewed)
  })

  it('begins with Authenticate on devices that are said to do so', async () => {
    const made = await enrolled({ switches: { authenticatesOnRenewal: true } })
    made.server.command(made.device.id, 'InstallProfile', { Payload: authority.profile() })
    await made.device.connect()
    await made.device.settled()
    expect(made.server.checkIns.slice(-2).map(({ MessageType }) => MessageType)).toEqual([
      'Authenticate',
      'TokenUpdate',
    ])
  })

  it.each([
    ['Topic', { Topic: 'com.apple.mgmt.External.other' }],
    ['ServerURL', { ServerURL: 'https://other.example/mdm' }],
    ['CheckInURL', { CheckInURL: 'https://other.example/mdm' }],
    ['ServerCapabilities', { ServerCapabilities: [] }],
    ['EnrollmentMode', { EnrollmentMode: 'BYOD' }],
    ['AssignedManagedAppleID', { AssignedManagedAppleID: 'other@school.example' }],
  ])('is refused when %s changes', async (key, mdm) => {
    const made = await enrolled()
    const issued = authority.issued.length
    made.server.command(made.device.id, 'InstallProfile', { Payload: authority.profile(mdm) })
    await made.device.connect()
    expect(made.server.results.at(-1)).toMatchObject({ Status: 'Error' })
    expect(JSON.stringify(made.server.results.at(-1))).toContain(key)
    expect(authority.issued).toHaveLength(issued)
  })

  it('may give up rights and not win any', async () => {
    const made = await enrolled({}, authority.profile({ AccessRights: 3 }))
    const send = async (AccessRights: number) => {
      made.server.command(made.device.id, 'InstallProfile', { Payload: authority.profile({ AccessRights }) })
      await made.device.connect()
      await made.device.settled()
      return made.server.results.at(-1)?.Status
    }
    expect(await send(1)).toBe('Acknowledged')
    expect(await send(3)).toBe('Error')
  })

  it('leaves the old identity when the server fails', async () => {
    const made = await enrolled()
    const old = authority.issued.at(-1)?.fingerprint
    made.server.intercept = (endpoint) => (endpoint === 'PKIOperation' ? status(403) : undefined)
    made.server.command(made.device.id, 'InstallProfile', { Payload: authority.profile() })
    await made.device.connect()
    made.server.intercept = () => undefined
    expect(made.server.results.at(-1)).toMatchObject({ Status: 'Error' })
    await made.device.connect()
    expect(lastSigner(made)).toBe(old)
  })

  it('has nothing to replace where no profile enrolled the device', async () => {
    const made = await stage({ keys })
    made.server.authority = authority
    made.server.command(made.device.id, 'InstallProfile', { Payload: authority.profile() })
    await made.device.connect()
    expect(made.server.results.at(-1)).toMatchObject({ Status: 'Error' })
  })
})

describe('relatedKeys()', () => {
  it('are different from each other, the same for the same seed, and of 2048 bits', async () => {
    const [one, other] = [relatedKeys('seed'), relatedKeys('seed')]
    const made = [await one(2048), await one(2048), await one(2048)].map((key) => key.export({ format: 'jwk' }).n)
    expect(new Set(made).size).toBe(3)
    expect((await other(2048)).export({ format: 'jwk' }).n).toBe(made[0])
    expect((await other(2048)).asymmetricKeyDetails?.modulusLength).toBe(2048)
  })

  it('belong to the certificates they get', async () => {
    await enrolled()
    const der = authority.issued.at(-1)?.der ?? new Uint8Array()
    expect(readCertificate(der).publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
  })
})
