import { createHash } from 'node:crypto'

/** Octets on their way, and the hashes of their chunks once they are through. */
export interface HashedChunks {
  /** The same octets: they are to be read once. */
  readonly octets: AsyncIterable<Uint8Array>
  /** SHA-256 of each `size` octets in turn, in lower-case hexadecimal; of nothing, one. */
  hashes(): readonly string[]
}

/** Counts the hashes of chunks of `size` octets while octets go by, however they are cut on their way. */
export function chunkHashes(octets: AsyncIterable<Uint8Array>, size: number): HashedChunks {
  const done: string[] = []
  let hash = createHash('sha256')
  let filled = 0
  async function* through() {
    for await (const piece of octets) {
      for (let at = 0; at < piece.length; ) {
        if (filled === size) {
          done.push(hash.digest('hex'))
          hash = createHash('sha256')
          filled = 0
        }
        const part = piece.subarray(at, at + size - filled)
        hash.update(part)
        filled += part.length
        at += part.length
      }
      yield piece
    }
  }
  return { octets: through(), hashes: () => [...done, hash.copy().digest('hex')] }
}
