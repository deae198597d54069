import { createCipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import { writeAlgorithm } from '../algorithm/identifier.ts'
import { rsaEncryption } from '../algorithm/signature-scheme.ts'
import { concatenate } from '../bytes.ts'
import type { Certificate } from '../certificate/certificate.ts'
import { contextPrimitive, integer, nullValue, octetString, oid, sequence, setOf } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'
import { type ContentCipher, cipherFacts, writeContentCipher } from './content-cipher.ts'
import { writeContentInfo } from './content-info.ts'
import { contentTypes } from './content-type.ts'
import { writeIssuerAndSerial } from './key-holder.ts'
import { pkcs1 } from './key-transport.ts'

/**
 * Encrypts content for the holders of RSA certificates as CMS enveloped data in DER (RFC 5652 §6), with a new key each time. Keys
 * travel by PKCS#1 v1.5, the one way that every device knows. Default cipher AES-128.
 * @throws {PkiError} `key-unsupported` for a certificate without an RSA key
 */
export function createEnvelopedData(
  content: Uint8Array,
  recipients: readonly Certificate[],
  cipher: ContentCipher = 'aes-128',
): Uint8Array {
  const { openssl, keyLength, blockLength } = cipherFacts[cipher]
  const key = randomBytes(keyLength)
  const vector = randomBytes(blockLength)
  const engine = createCipheriv(openssl, key, vector)
  const encrypted = concatenate([engine.update(content), engine.final()])
  const body = sequence(
    integer(0),
    setOf(...recipients.map((one) => writeRecipient(one, key))),
    sequence(oid(contentTypes.data), writeContentCipher(cipher, vector), contextPrimitive(0, encrypted)),
  )
  return writeContentInfo(contentTypes.envelopedData, body)
}

function writeRecipient(certificate: Certificate, key: Uint8Array): Uint8Array {
  const found = certificate.publicKey.asymmetricKeyType
  if (found !== 'rsa') {
    throw new PkiError('key-unsupported', `Cannot encrypt CMS: found a key of type ${found}`, {
      found,
      expected: 'RSA',
    })
  }
  return sequence(
    integer(0),
    writeIssuerAndSerial(certificate),
    writeAlgorithm(rsaEncryption, nullValue),
    octetString(publicEncrypt({ key: certificate.publicKey, ...pkcs1 }, key)),
  )
}
