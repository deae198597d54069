import { createDecipheriv, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto'
import { concatenate } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'
import { cipherFacts } from './content-cipher.ts'
import { contentTypes } from './content-type.ts'
import { type EnvelopedData, type Recipient, readEnvelopedData } from './enveloped-data.ts'
import { names } from './key-holder.ts'
import type { KeyPair } from './key-pair.ts'

/**
 * Decrypts CMS enveloped data (RFC 5652 §6) for one recipient with an RSA key. A stranger may ask as often as he likes, so there
 * is one answer to everything that goes wrong: a key that does not decrypt is replaced by a random one (on top of OpenSSL's own
 * implicit rejection), and the work goes on to the same error.
 * @throws {PkiError} `decrypt-failed`, and no other
 */
export function decryptEnvelopedData(bytes: Uint8Array, recipient: KeyPair): Uint8Array {
  let envelope: EnvelopedData
  try {
    envelope = readEnvelopedData(bytes)
  } catch {
    throw failed()
  }
  return openEnvelope(envelope, recipient)
}

/** Decrypts what `readEnvelopedData` read. @throws {PkiError} `decrypt-failed`, and no other */
export function openEnvelope(envelope: EnvelopedData, { certificate, privateKey }: KeyPair): Uint8Array {
  const { openssl, keyLength, repeated = 1 } = cipherFacts[envelope.cipher]
  const recipient = envelope.recipients.find((one) => names(one.holder, certificate))
  const key = contentKey(recipient, privateKey, keyLength)
  try {
    const decipher = createDecipheriv(openssl, concatenate(Array(repeated).fill(key)), envelope.vector)
    const content = concatenate([decipher.update(envelope.encrypted), decipher.final()])
    if (recipient && envelope.contentType === contentTypes.data) return content
  } catch {
    // Bad padding, or a length that is no multiple of the block: the same as any other failure.
  }
  throw failed()
}

function contentKey(recipient: Recipient | undefined, key: KeyObject, length: number): Uint8Array {
  const substitute = randomBytes(length)
  if (!recipient) return substitute
  try {
    const found = privateDecrypt({ key, ...recipient.transport }, recipient.encryptedKey)
    return found.length === length ? found : substitute
  } catch {
    return substitute
  }
}

function failed(): PkiError {
  return new PkiError('decrypt-failed', 'Cannot decrypt CMS: it is not a message for this key')
}
