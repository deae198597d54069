import { readAlgorithm } from '../algorithm/identifier.ts'
import { definite, joinChunks } from '../der/definite.ts'
import type { DerReader } from '../der/reader.ts'
import { contextTag, tags } from '../der/tag.ts'
import { PkiError } from '../pki-error.ts'
import { contentCipher, type ReadableCipher } from './content-cipher.ts'
import { readContentInfo } from './content-info.ts'
import { contentTypes } from './content-type.ts'
import { type KeyHolder, readKeyHolder } from './key-holder.ts'
import { type KeyTransport, keyTransport } from './key-transport.ts'

/** EnvelopedData (RFC 5652 §6.1): what can be read without a key, and so may be told to anybody. */
export interface EnvelopedData {
  readonly contentType: string
  readonly cipher: ReadableCipher
  readonly vector: Uint8Array
  readonly recipients: readonly Recipient[]
  readonly encrypted: Uint8Array
}

export interface Recipient {
  readonly holder: KeyHolder
  readonly transport: KeyTransport
  readonly encryptedKey: Uint8Array
}

const maximumRecipients = 16

/**
 * Reads EnvelopedData in ContentInfo, DER or BER. Recipients whose key is not transported by RSA are left out.
 * @throws {PkiError} `algorithm-unsupported` for a cipher that Edict does not have (RC2, and single DES
 * unless `des` allows it), and the codes of encoding
 */
export function readEnvelopedData(bytes: Uint8Array, { des = false }: { readonly des?: boolean } = {}): EnvelopedData {
  return readContentInfo(definite(bytes), contentTypes.envelopedData, (reader) => {
    const body = reader.sequence()
    body.smallInteger()
    if (body.peek() === contextTag(0)) body.raw()
    const recipients = readRecipients(body.set())
    const info = body.sequence()
    const contentType = info.oid()
    const cipher = contentCipher(readAlgorithm(info), des)
    const encrypted = readEncrypted(info)
    info.finish()
    if (body.peek() === contextTag(1)) body.raw()
    body.finish()
    return { contentType, ...cipher, recipients, encrypted }
  })
}

function readRecipients(set: DerReader): readonly Recipient[] {
  const recipients: Recipient[] = []
  for (let count = 0; !set.done; count++) {
    if (count >= maximumRecipients) {
      throw new PkiError('too-many', `Cannot read CMS: more than ${maximumRecipients} recipients`, {
        offset: set.offset,
      })
    }
    if (set.peek() !== tags.sequence) {
      set.raw()
      continue
    }
    const one = set.sequence()
    one.smallInteger()
    const holder = readKeyHolder(one)
    recipients.push({ holder, transport: keyTransport(readAlgorithm(one)), encryptedKey: one.octetString() })
    one.finish()
  }
  return recipients
}

/** `[0] IMPLICIT OCTET STRING`: whole in DER, in chunks from encoders that stream. */
function readEncrypted(info: DerReader): Uint8Array {
  if (info.peek() === contextTag(0)) return joinChunks(info.content(contextTag(0)))
  return info.content(contextTag(0, 'primitive'))
}
