import { describe, expect, it } from 'vitest'
import { writeAlgorithm } from '../algorithm/identifier.ts'
import type { Attribute } from '../cms/attributes.ts'
import { createEnvelopedData } from '../cms/create-enveloped-data.ts'
import { createSignedData, type SignOptions } from '../cms/create-signed-data.ts'
import type { KeyPair } from '../cms/key-pair.ts'
import { context, octetString, oid, sequence } from '../der/writer.ts'
import { createCertificateRequest } from '../issue/create-certificate-request.ts'
import { issueIdentity } from '../issue/issue-certificate.ts'
import { newPrivateKey } from '../issue/key-type.ts'
import { createSelfSigned } from '../issue/self-signed.ts'
import { PkiError } from '../pki-error.ts'
import { codeOf } from '../testing/code-of.ts'
import { authority, device, noon } from '../testing/people.ts'
import { toBer } from '../testing/to-ber.ts'
import { nonceAttribute, textAttribute } from './attributes.ts'
import { createScepReply } from './create-reply.ts'
import { createScepRequest, writePoll } from './create-request.ts'
import type { RequestType } from './message-type.ts'
import { readScepReply } from './read-reply.ts'
import { readScepRequest } from './read-request.ts'

const subject = [{ type: 'CN', value: 'iPad' }] as const

describe('SCEP', async () => {
  const ca = await authority('Edict CA', 'rsa-2048')
  const self = await createSelfSigned(subject, await newPrivateKey('rsa-2048'), noon)
  const old = await device(ca, 'old', 'rsa-2048')
  const csr = createCertificateRequest({ subject, privateKey: self.privateKey, challengePassword: 'one-time' })
  const ask = (kind: RequestType, signer: KeyPair, content = csr) =>
    createScepRequest({ kind, content, signer, recipient: ca.certificate })

  describe('a request', () => {
    it('asks for a first certificate, with the challenge inside', () => {
      const { message, transactionId, senderNonce } = ask('PKCSReq', self)
      const request = readScepRequest(message, ca)
      expect(request).toMatchObject({ kind: 'PKCSReq', signedBy: 'self-signed', transactionId, cipher: 'aes-128' })
      expect(request.senderNonce).toEqual(new Uint8Array(senderNonce))
      if (request.kind === 'PKCSReq') expect(request.request.challengePassword).toBe('one-time')
    })

    it("is read as Apple's own client writes it: open lengths, and content in chunks", () => {
      const content = toBer(createEnvelopedData(csr, [ca.certificate]))
      const message = toBer(craft(self, [textAttribute('messageType', '19')], content))
      expect(message.subarray(0, 2)).toEqual(Uint8Array.of(0x30, 0x80))
      const request = readScepRequest(message, ca)
      expect(request.kind).toBe('PKCSReq')
      if (request.kind === 'PKCSReq') expect(request.request.der).toEqual(csr)
    })

    it('is the same transaction when it is sent again', () => {
      expect(ask('PKCSReq', self).transactionId).toBe(ask('PKCSReq', self).transactionId)
    })

    it.each(['RenewalReq', 'PKCSReq'] as const)('renews under the old certificate, as %s', (kind) => {
      const request = readScepRequest(ask(kind, old).message, ca)
      expect(request).toMatchObject({ kind, signedBy: 'certificate' })
      if (request.kind === kind) expect(request.signer.fingerprint).toBe(old.certificate.fingerprint)
    })

    it('polls for what was left pending', () => {
      const content = writePoll(ca.certificate.subject, self.certificate.subject)
      const request = readScepRequest(ask('CertPoll', self, content).message, ca)
      expect(request).toMatchObject({ kind: 'CertPoll', issuer: ca.certificate.subject })
    })

    it.each(['18', '3', '21', '22', '1', '0', '019', '19 ', '', 'PKCSReq', '99'])(
      'of any other type is refused, whatever is inside: %j',
      (type) => {
        if (type === '') return
        const message = craft(self, [textAttribute('messageType', type)])
        expect(readScepRequest(message, ca)).toMatchObject({ kind: 'refused', failInfo: 'badRequest' })
      },
    )

    it('without a type is refused', () => {
      expect(readScepRequest(craft(self, []), ca)).toMatchObject({ kind: 'refused', failInfo: 'badRequest' })
    })

    it('may not renew under a certificate of its own making', () => {
      expect(readScepRequest(ask('RenewalReq', self).message, ca)).toMatchObject({ reason: { code: 'scep-signer' } })
    })

    it('may not ask with the key of another', async () => {
      const other = await createSelfSigned(subject, await newPrivateKey('rsa-2048'), noon)
      expect(readScepRequest(ask('PKCSReq', other).message, ca)).toMatchObject({ reason: { code: 'scep-signer' } })
    })

    it('without a transaction or a nonce is not answered at all', () => {
      const exchange = [textAttribute('transactionId', 'x'), nonceAttribute('senderNonce', new Uint8Array(16))]
      for (const attribute of exchange) {
        const message = createSignedData(new Uint8Array(), { signer: self, attributes: [attribute] })
        expect(codeOf(() => readScepRequest(message, ca))).toBe('attribute-missing')
      }
      const short = [textAttribute('transactionId', 'x'), nonceAttribute('senderNonce', new Uint8Array(4))]
      expect(codeOf(() => readScepRequest(createSignedData(csr, { signer: self, attributes: short }), ca))).toBe(
        'attribute-values',
      )
    })

    it('with a flipped bit is refused, and never another request', () => {
      const { message } = ask('PKCSReq', self)
      for (let at = 0; at < message.length; at += 3) {
        const flipped = Uint8Array.from(message)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at & 7))
        try {
          const found = readScepRequest(flipped, ca)
          if (found.kind === 'PKCSReq') expect(found.request.der).toEqual(csr)
        } catch (error) {
          if (!(error instanceof PkiError)) throw error
        }
      }
    })

    it('has one error for whatever goes wrong inside the envelope', async () => {
      const type = textAttribute('messageType', '19')
      const stranger = await authority('Other CA', 'rsa-2048')
      const envelopes = [
        createEnvelopedData(csr, [stranger.certificate]),
        createEnvelopedData(Buffer.from('no request'), [ca.certificate]),
        createEnvelopedData(csr.subarray(0, 100), [ca.certificate]),
        createEnvelopedData(new Uint8Array(), [ca.certificate]),
        ...[1, 17, 40].map((back) => damaged(createEnvelopedData(csr, [ca.certificate]), back)),
      ]
      const reasons = envelopes.map((content) => {
        const found = readScepRequest(craft(self, [type], content), ca)
        return found.kind === 'refused' ? `${found.failInfo} ${found.reason.code} ${found.reason.message}` : found.kind
      })
      expect(new Set(reasons).size).toBe(1)
      expect(reasons[0]).toMatch(/^badMessageCheck scep-envelope /)
    })

    it('is told when only another cipher would help', () => {
      const content = withCipher(createEnvelopedData(csr, [ca.certificate], '3des'))
      const message = craft(self, [textAttribute('messageType', '19')], content)
      expect(readScepRequest(message, ca)).toMatchObject({ failInfo: 'badAlg' })
    })
  })

  describe('a reply', () => {
    const sent = ask('PKCSReq', self)
    const request = readScepRequest(sent.message, ca)
    const options = { exchange: sent, recipient: self, authorities: [ca.certificate] }

    it('carries the certificate, for the one who asked', async () => {
      if (request.kind !== 'PKCSReq') return expect.unreachable()
      const issued = await issueIdentity(ca, request.request, { subject, now: noon, days: 30 })
      const answer = {
        status: 'success',
        certificates: [issued, ca.certificate],
        recipient: request.signer,
        cipher: request.cipher,
      } as const
      const bytes = createScepReply(request, answer, ca)
      const reply = readScepReply(bytes, options)
      expect(reply).toMatchObject({ status: 'success' })
      if (reply.status === 'success') expect(reply.certificates[0]?.fingerprint).toBe(issued.fingerprint)
      expect(codeOf(() => readScepReply(bytes, { ...options, recipient: old }))).toBe('decrypt-failed')
    })

    it('is signed with rsaEncryption, the only name that some clients know', () => {
      const bytes = createScepReply(request, { status: 'pending' }, ca)
      expect(
        Buffer.from(bytes).lastIndexOf(writeAlgorithm('1.2.840.113549.1.1.1', Uint8Array.of(5, 0))),
      ).toBeGreaterThan(0)
    })

    it('says pending, and why not', () => {
      expect(readScepReply(createScepReply(request, { status: 'pending' }, ca), options)).toEqual({ status: 'pending' })
      for (const failInfo of ['badAlg', 'badMessageCheck', 'badRequest', 'badTime', 'badCertId'] as const) {
        const bytes = createScepReply(request, { status: 'failure', failInfo, text: 'No' }, ca)
        expect(readScepReply(bytes, options)).toEqual({ status: 'failure', failInfo, text: 'No' })
      }
    })

    it('is read without content too', () => {
      const bytes = createScepReply(request, { status: 'pending' }, ca)
      const [empty, none] = [sequence(oid('1.2.840.113549.1.7.1'), context(0, octetString(new Uint8Array()))), 0]
      expect(Buffer.from(bytes).indexOf(empty)).toBeGreaterThan(none)
      const attributes = [
        textAttribute('messageType', '3'),
        textAttribute('pkiStatus', '3'),
        textAttribute('transactionId', sent.transactionId),
        nonceAttribute('recipientNonce', sent.senderNonce),
      ]
      const detached = createSignedData(new Uint8Array(), { signer: ca, detached: true, attributes })
      expect(readScepReply(detached, options)).toEqual({ status: 'pending' })
    })

    it('is not believed from strangers, or to another request', async () => {
      const stranger = await authority('Edict CA', 'rsa-2048')
      const pending = { status: 'pending' } as const
      expect(codeOf(() => readScepReply(createScepReply(request, pending, stranger), options))).toBe('scep-stranger')
      const others = [
        { ...sent, transactionId: 'other' },
        { ...sent, senderNonce: new Uint8Array(16) },
      ]
      for (const exchange of others) {
        expect(codeOf(() => readScepReply(createScepReply(exchange, pending, ca), options))).toBe('scep-exchange')
      }
      expect(codeOf(() => readScepReply(sent.message, { ...options, authorities: [self.certificate] }))).toBe(
        'scep-exchange',
      )
    })
  })

  function craft(signer: KeyPair, more: readonly Attribute[], content = createEnvelopedData(csr, [ca.certificate])) {
    const options: SignOptions = {
      signer,
      attributes: [textAttribute('transactionId', 'x'), nonceAttribute('senderNonce', new Uint8Array(16)), ...more],
    }
    return createSignedData(content, options)
  }
})

function damaged(bytes: Uint8Array, back: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = copy.length - back
  copy[at] = (copy[at] ?? 0) ^ 0x55
  return copy
}

/** The same with single DES named in place of triple DES. */
function withCipher(bytes: Uint8Array): Uint8Array {
  const [triple, single] = [oid('1.2.840.113549.3.7'), oid('1.2.840.113549.3.1')]
  const at = Buffer.from(bytes).indexOf(triple)
  return Buffer.concat([bytes.subarray(0, at), single, bytes.subarray(at + single.length)])
}
