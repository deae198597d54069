import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf } from './testing/code-of.ts'
import { doors, hostileBytes } from './testing/hostile.ts'

describe('hostile bytes', async () => {
  const { ways, honest } = await doors()

  it.each(ways)('throw nothing but a PkiError: %s', (_, open) => {
    fc.assert(
      fc.property(hostileBytes(honest), (bytes) => void codeOf(() => open(bytes))),
      { numRuns: 150 },
    )
  })

  it.each(ways)('cost little, however large or deep they are: %s', (_, open) => {
    const size = 1024 * 1024
    const [deep, wide, long] = [new Uint8Array(size).fill(0x30), new Uint8Array(size), new Uint8Array(size).fill(0x04)]
    for (let at = 0; at < size; at += 2) deep[at + 1] = 0x80
    wide.set([0x30, 0x80])
    const started = process.cpuUsage().user
    for (const bytes of [deep, wide, long, new Uint8Array(17 * size)]) codeOf(() => open(bytes))
    // Generous, so that a busy machine does not matter: what grows with the square would take minutes.
    expect(process.cpuUsage().user - started).toBeLessThan(5_000_000)
  })
})
