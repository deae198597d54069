import { sameBytes } from '../bytes.ts'
import type { DerReader } from '../der/reader.ts'
import { nullValue, oid, sequence } from '../der/writer.ts'

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2): parameters as they stand, header included. */
export interface AlgorithmIdentifier {
  readonly oid: string
  readonly parameters: Uint8Array | undefined
}

export function readAlgorithm(reader: DerReader): AlgorithmIdentifier {
  const inner = reader.sequence()
  const identifier = { oid: inner.oid(), parameters: inner.done ? undefined : inner.raw() }
  inner.finish()
  return identifier
}

export function writeAlgorithm(name: string, parameters?: Uint8Array): Uint8Array {
  return parameters ? sequence(oid(name), parameters) : sequence(oid(name))
}

/** Absent or NULL: the two ways in which encoders say that there are none. */
export function hasNoParameters({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === undefined || sameBytes(parameters, nullValue)
}
