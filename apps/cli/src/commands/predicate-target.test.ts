import { describe, expect, it } from 'vitest'
import { edict } from '../captured-cli.ts'

const check = (...args: readonly string[]) =>
  edict(['predicate', 'check', '@status(passcode.is-compliant) == TRUE', ...args])

describe('predicate check --target', () => {
  it('says which target does not have a status item, and what the comparison is there', async () => {
    const { code, stdout } = await check('--target', 'iOS:18.1,supervised', '--target', 'macOS:15')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^warning: Cannot read passcode\.is-compliant on macOS 15: .* is false \[item-unavailable-on-target\]\n/,
    )
  })

  it('is silent where all have it', async () => {
    expect((await check('--target', 'iOS:18.1,supervised')).stdout).toBe('')
  })

  it('ends with 2 for a target that there is not', async () => {
    expect((await check('--target', 'iSO:18')).code).toBe(2)
  })
})
