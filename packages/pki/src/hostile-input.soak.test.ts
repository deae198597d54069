import fc from 'fast-check'
import { describe, it } from 'vitest'
import { codeOf } from './testing/code-of.ts'
import { doors, hostileBytes } from './testing/hostile.ts'

describe('hostile bytes, for longer', async () => {
  const { ways, honest } = await doors()

  it.each(ways)('throw nothing but a PkiError: %s', (_, open) => {
    const limits = { numRuns: Number.POSITIVE_INFINITY, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false }
    fc.assert(
      fc.property(hostileBytes(honest), (bytes) => void codeOf(() => open(bytes))),
      limits,
    )
  })
})
