import {
  type Certificate,
  createAuthority,
  createScepReply,
  issueIdentity,
  type KeyPair,
  readScepRequest,
  type ScepAnswer,
  writeAuthorityCertificates,
  writeScepCapabilities,
} from '@edict/pki'
import { encodePlist, type PlistDict } from '@edict/protocol'
import { newKeys } from '../enroll/key-source.ts'
import type { Answer } from '../transport.ts'

const url = 'https://mdm.example/scep'
const text = new TextEncoder()

/** A SCEP server that gives everybody a certificate, or what the test says, and profiles that lead to it. */
export class ScriptedAuthority {
  readonly own: KeyPair
  readonly issued: Certificate[] = []
  /** Of the requests, in order. */
  readonly challenges: (string | undefined)[] = []
  readonly #now: () => number
  /** Says something else than yes when it gives something. */
  answer: () => ScepAnswer | undefined = () => undefined

  static async make(now: () => number): Promise<ScriptedAuthority> {
    const key = await newKeys(2048)
    const name = [{ type: 'CN', value: 'Scripted authority' }] as const
    return new ScriptedAuthority(await createAuthority({ name, key, now: now(), days: 3650 }), now)
  }

  private constructor(own: KeyPair, now: () => number) {
    this.own = own
    this.#now = now
  }

  get(asked: string): Answer | undefined {
    if (asked.startsWith(`${url}?operation=GetCACaps`)) return ok(text.encode(writeScepCapabilities()), 'text/plain')
    if (!asked.startsWith(`${url}?operation=GetCACert`)) return undefined
    const { contentType, body } = writeAuthorityCertificates([this.own.certificate])
    return ok(body, contentType)
  }

  async post(asked: string, body: Uint8Array): Promise<Answer | undefined> {
    if (!asked.startsWith(`${url}?operation=PKIOperation`)) return undefined
    const request = readScepRequest(body, this.own)
    if (request.kind !== 'PKCSReq') return { status: 400, headers: {}, body: new Uint8Array() }
    this.challenges.push(request.request.challengePassword)
    const reply = this.answer() ?? (await this.#issue(request))
    return ok(createScepReply(request, reply, this.own), 'application/x-pki-message')
  }

  /** An enrollment profile; `mdm` and `scep` change keys of the payloads. */
  profile(mdm: PlistDict = {}, scep: PlistDict = {}): Uint8Array {
    const identity = '5CE90000-0000-4000-A000-000000000001'
    const payload = (PayloadType: string, PayloadUUID: string, more: PlistDict): PlistDict => ({
      PayloadType,
      PayloadUUID,
      PayloadVersion: 1,
      PayloadIdentifier: `example.edict.enrollment.${PayloadType}`,
      ...more,
    })
    const content = {
      URL: url,
      Subject: [[['O', 'Example']], [['CN', 'device']]],
      Challenge: 'one-time',
      Keysize: 2048,
      'Key Type': 'RSA',
      'Key Usage': 5,
      CAFingerprint: new Uint8Array(Buffer.from(this.own.certificate.fingerprint, 'hex')),
      ...scep,
    }
    return encodePlist({
      PayloadType: 'Configuration',
      PayloadVersion: 1,
      PayloadIdentifier: 'example.edict.enrollment',
      PayloadUUID: '5CE90000-0000-4000-A000-000000000000',
      PayloadContent: [
        payload('com.apple.security.root', '5CE90000-0000-4000-A000-000000000002', {
          PayloadContent: this.own.certificate.der,
        }),
        payload('com.apple.security.scep', identity, { PayloadContent: content }),
        payload('com.apple.mdm', '5CE90000-0000-4000-A000-000000000003', {
          IdentityCertificateUUID: identity,
          Topic: 'com.apple.mgmt.External.scripted',
          ServerURL: 'https://mdm.example/mdm/connect',
          CheckInURL: 'https://mdm.example/mdm/checkin',
          AccessRights: 8191,
          SignMessage: true,
          CheckOutWhenRemoved: true,
          ServerCapabilities: ['com.apple.mdm.per-user-connections'],
          ...mdm,
        }),
      ],
    })
  }

  async #issue(request: Extract<ReturnType<typeof readScepRequest>, { kind: 'PKCSReq' }>): Promise<ScepAnswer> {
    const subject = [{ type: 'CN', value: `device ${this.issued.length + 1}` }] as const
    const certificate = await issueIdentity(this.own, request.request, { subject, now: this.#now(), days: 365 })
    this.issued.push(certificate)
    return {
      status: 'success',
      certificates: [certificate, this.own.certificate],
      recipient: request.signer,
      cipher: request.cipher,
    }
  }
}

function ok(body: Uint8Array, type: string): Answer {
  return { status: 200, headers: { 'content-type': type }, body }
}
