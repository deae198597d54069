import { readWhole } from '../der/read-whole.ts'
import type { DerReader } from '../der/reader.ts'
import { context, oid, sequence } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'

/** Reads ContentInfo (RFC 5652 §3) that must hold `contentType`. @throws {PkiError} `content-type` when it holds another */
export function readContentInfo<T>(bytes: Uint8Array, contentType: string, read: (content: DerReader) => T): T {
  return readWhole(bytes, (reader) => {
    const info = reader.sequence()
    const found = info.oid()
    if (found !== contentType) {
      const message = `Cannot read CMS: found content type ${found}, expected ${contentType}`
      throw new PkiError('content-type', message, { found, expected: contentType })
    }
    const explicit = info.enter(0xa0)
    const content = read(explicit)
    explicit.finish()
    info.finish()
    return content
  })
}

export function writeContentInfo(contentType: string, content: Uint8Array): Uint8Array {
  return sequence(oid(contentType), context(0, content))
}
