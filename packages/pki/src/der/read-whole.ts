import { DerReader } from './reader.ts'

/** Reads bytes that hold one thing and nothing after it. @throws {PkiError} `trailing`, and what `read` throws */
export function readWhole<T>(bytes: Uint8Array, read: (reader: DerReader) => T): T {
  const reader = new DerReader(bytes)
  const thing = read(reader)
  reader.finish()
  return thing
}
