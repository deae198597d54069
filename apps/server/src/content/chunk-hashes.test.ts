import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chunkHashes } from './chunk-hashes.ts'

const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex')

async function* these(pieces: readonly Uint8Array[]) {
  yield* pieces
}

it('the hashes are those of the chunks, however the octets are cut on their way, and the octets are the same', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 9 }), async (cut, size) => {
      const whole = Buffer.concat(cut)
      const hashed = chunkHashes(these(cut), size)
      expect(Buffer.concat(await Array.fromAsync(hashed.octets)).equals(whole)).toBe(true)
      const chunks = Array.from({ length: Math.max(1, Math.ceil(whole.length / size)) }, (_, index) =>
        whole.subarray(index * size, (index + 1) * size),
      )
      expect(hashed.hashes()).toEqual(chunks.map(sha256))
    }),
  )
})
