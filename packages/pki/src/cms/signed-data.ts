import { type AlgorithmIdentifier, readAlgorithm } from '../algorithm/identifier.ts'
import type { DerReader } from '../der/reader.ts'
import { contextTag, tags } from '../der/tag.ts'
import { PkiError } from '../pki-error.ts'
import { type Attributes, asSet, readAttributes } from './attributes.ts'
import { readContentInfo } from './content-info.ts'
import { contentTypes } from './content-type.ts'
import { type KeyHolder, readKeyHolder } from './key-holder.ts'

/** SignedData (RFC 5652 §5.1) as it was read, verified by nobody. */
export interface SignedData {
  readonly digestAlgorithms: readonly AlgorithmIdentifier[]
  readonly contentType: string
  /** Undefined when the content is elsewhere: a detached signature. */
  readonly content: Uint8Array | undefined
  /** Certificates in DER, in the order they stand. */
  readonly certificates: readonly Uint8Array[]
  readonly signers: readonly SignerInfo[]
}

export interface SignerInfo {
  readonly holder: KeyHolder
  readonly digestAlgorithm: AlgorithmIdentifier
  /** Undefined when the signer signed the bare content, which Edict never accepts. */
  readonly signedAttributes: { readonly octets: Uint8Array; readonly attributes: Attributes } | undefined
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

/** More than this is no honest message, and each costs a signature check. */
const maximumSigners = 4
const maximumCertificates = 16
const versions = new Set([1, 3, 4, 5])

/** Reads SignedData in ContentInfo from strict DER; pass BER through `definite` first. @throws {PkiError} */
export function readSignedData(bytes: Uint8Array): SignedData {
  return readContentInfo(bytes, contentTypes.signedData, (reader) => {
    const body = reader.sequence()
    readVersion(body, versions)
    const digestAlgorithms = several(body.set(), maximumSigners, readAlgorithm)
    const encapsulated = body.sequence()
    const contentType = encapsulated.oid()
    const explicit = encapsulated.optional(0)
    const content = explicit?.octetString()
    explicit?.finish()
    encapsulated.finish()
    const certificates = body.optional(0)
    const found = certificates ? several(certificates, maximumCertificates, (one) => one.raw(tags.sequence)) : []
    if (body.peek() === contextTag(1)) body.raw()
    const signers = several(body.set(), maximumSigners, readSigner)
    body.finish()
    return { digestAlgorithms, contentType, content, certificates: found, signers }
  })
}

function readSigner(reader: DerReader): SignerInfo {
  const body = reader.sequence()
  readVersion(body, versions)
  const holder = readKeyHolder(body)
  const digestAlgorithm = readAlgorithm(body)
  const signedAttributes = body.peek() === contextTag(0) ? readSignedAttributes(body) : undefined
  const signatureAlgorithm = readAlgorithm(body)
  const signature = body.octetString()
  if (body.peek() === contextTag(1)) body.raw()
  body.finish()
  return { holder, digestAlgorithm, signedAttributes, signatureAlgorithm, signature }
}

function readSignedAttributes(body: DerReader) {
  const start = body.offset
  const attributes = readAttributes(body.enter(contextTag(0)))
  return { octets: asSet(body.bytes.subarray(start, body.offset)), attributes }
}

/** Reads a version, of which RFC 5652 says which one to write and nobody says what a reader should do about it. */
function readVersion(reader: DerReader, known: ReadonlySet<number>): void {
  const offset = reader.offset
  const version = reader.smallInteger()
  if (!known.has(version)) {
    throw new PkiError('version', `Cannot read CMS: found version ${version}`, { offset, found: version })
  }
}

function several<T>(list: DerReader, limit: number, read: (list: DerReader) => T): readonly T[] {
  const found: T[] = []
  while (!list.done) {
    if (found.length >= limit) {
      throw new PkiError('too-many', `Cannot read CMS: more than ${limit} in one list`, { offset: list.offset })
    }
    found.push(read(list))
  }
  return found
}
