import { constants } from 'node:crypto'
import { digestOf } from '../algorithm/digest.ts'
import { type AlgorithmIdentifier, hasNoParameters, readAlgorithm } from '../algorithm/identifier.ts'
import { rsaEncryption } from '../algorithm/signature-scheme.ts'
import { readWhole } from '../der/read-whole.ts'
import type { DerReader } from '../der/reader.ts'
import { PkiError } from '../pki-error.ts'

/** How the content's key was encrypted: what `privateDecrypt` wants beside the key. */
export interface KeyTransport {
  readonly padding: number
  readonly oaepHash?: string
}

export const pkcs1: KeyTransport = { padding: constants.RSA_PKCS1_PADDING }
const oaep = '1.2.840.113549.1.1.7'
const mgf1 = '1.2.840.113549.1.1.8'

/** @throws {PkiError} `algorithm-unsupported` unless PKCS#1 v1.5, or OAEP with one digest for both parts and no label */
export function keyTransport(identifier: AlgorithmIdentifier): KeyTransport {
  if (identifier.oid === rsaEncryption && hasNoParameters(identifier)) return pkcs1
  if (identifier.oid !== oaep || !identifier.parameters) throw unsupported(identifier.oid)
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: readWhole(identifier.parameters, readOaep) }
}

/** RSAES-OAEP-params (RFC 4055 §4.1). What is absent means SHA-1, which is sound in this place. */
function readOaep(reader: DerReader): string {
  const parameters = reader.sequence()
  const own = parameters.optional(0)
  const mask = parameters.optional(1)
  const digest = own ? digestOf(readAlgorithm(own)) : 'sha1'
  const generator = mask && readAlgorithm(mask)
  const maskDigest = generator?.parameters ? digestOf(readWhole(generator.parameters, readAlgorithm)) : 'sha1'
  parameters.finish()
  own?.finish()
  mask?.finish()
  if (digest !== maskDigest || (generator && generator.oid !== mgf1)) throw unsupported(oaep)
  return digest
}

function unsupported(oid: string): PkiError {
  return new PkiError('algorithm-unsupported', `Cannot decrypt CMS: found the key transport ${oid}`, {
    found: oid,
    expected: 'RSA PKCS#1 v1.5 or OAEP',
  })
}
