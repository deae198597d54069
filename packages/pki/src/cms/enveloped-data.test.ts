import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PkiError } from '../pki-error.ts'
import { codeOf } from '../testing/code-of.ts'
import { authority } from '../testing/people.ts'
import { vector, vectorCertificate, vectorText } from '../testing/vector.ts'
import type { ContentCipher } from './content-cipher.ts'
import { createEnvelopedData } from './create-enveloped-data.ts'
import { decryptEnvelopedData, openEnvelope } from './decrypt-enveloped-data.ts'
import { readEnvelopedData } from './enveloped-data.ts'

const content = Uint8Array.from(Buffer.from(vectorText('content.txt')))
const recipient = {
  certificate: vectorCertificate('rsa'),
  privateKey: createPrivateKey(vectorText('rsa-key.pem')),
}

describe('CMS enveloped data', () => {
  it.each(['aes128', 'aes192', 'aes256', '3des', 'streamed', 'key-identifier', 'oaep', 'oaep-sha1'])(
    'of openssl is decrypted: %s',
    (name) => {
      expect(decryptEnvelopedData(vector(`enveloped-${name}`), recipient)).toEqual(content)
    },
  )

  it('of single DES is refused, and decrypted where the caller allows it', () => {
    const bytes = vector('enveloped-des')
    expect(codeOf(() => readEnvelopedData(bytes))).toBe('algorithm-unsupported')
    expect(codeOf(() => decryptEnvelopedData(bytes, recipient))).toBe('decrypt-failed')
    expect(openEnvelope(readEnvelopedData(bytes, { des: true }), recipient)).toEqual(content)
  })

  it.each<ContentCipher>(['aes-128', 'aes-192', 'aes-256', '3des'])('comes back from %s', (cipher) => {
    for (const length of [0, 1, 15, 16, 17, 5000]) {
      const secret = new Uint8Array(length).fill(length)
      expect(decryptEnvelopedData(createEnvelopedData(secret, [recipient.certificate], cipher), recipient)).toEqual(
        secret,
      )
    }
  })

  it('is for whom it names', async () => {
    const other = await authority('Other', 'rsa-2048')
    const bytes = createEnvelopedData(content, [other.certificate, recipient.certificate])
    expect(decryptEnvelopedData(bytes, recipient)).toEqual(content)
    expect(decryptEnvelopedData(bytes, other)).toEqual(content)
    const alone = createEnvelopedData(content, [other.certificate])
    expect(codeOf(() => decryptEnvelopedData(alone, recipient))).toBe('decrypt-failed')
  })

  it('cannot be made for a key that does not encrypt', async () => {
    const { certificate } = await authority('Elliptic')
    expect(codeOf(() => createEnvelopedData(content, [certificate]))).toBe('key-unsupported')
  })

  it('has one error for every flipped bit and every missing end', () => {
    for (const name of ['aes128', '3des', 'oaep', 'streamed']) {
      const bytes = vector(`enveloped-${name}`)
      const truth = decryptEnvelopedData(bytes, recipient)
      const errors = new Set<string>()
      const attempt = (changed: Uint8Array) => {
        try {
          const found = decryptEnvelopedData(changed, recipient)
          // CBC has no seal: what is inside may change. That is why SCEP signs around it.
          expect(found.length).toBeLessThanOrEqual(truth.length + 16)
        } catch (error) {
          if (!(error instanceof PkiError)) throw error
          errors.add(`${error.code} ${error.message} ${error.offset} ${error.found} ${error.cause}`)
        }
      }
      for (let at = 0; at < bytes.length; at++) {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ (1 << (at & 7))
        attempt(changed)
        attempt(bytes.subarray(0, at))
      }
      expect(errors.size).toBe(1)
    }
  })

  it('tells openly what can be seen without a key: a cipher that Edict does not have', () => {
    const bytes = createEnvelopedData(content, [recipient.certificate], '3des')
    const triple = Buffer.from('2a864886f70d0307', 'hex')
    const rc2 = Buffer.from('2a864886f70d0302', 'hex')
    const at = Buffer.from(bytes).indexOf(triple)
    const changed = Buffer.concat([bytes.subarray(0, at), rc2, bytes.subarray(at + rc2.length)])
    expect(codeOf(() => readEnvelopedData(changed))).toBe('algorithm-unsupported')
    expect(codeOf(() => decryptEnvelopedData(changed, recipient))).toBe('decrypt-failed')
  })
})
