import { describe, expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

const enrollment = {
  id: 'A',
  channel: 'device',
  state: 'enrolled',
  productName: 'iPad13,1',
  platform: 'iOS',
  osVersion: '26.4',
  behind: true,
  lastSeenAt: null,
  warnings: [] as string[],
}
const imported = { at: '2026-11-30T08:00:00.000Z', seenAt: null, identityEnds: null, renewable: true }
const seen = { ...imported, seenAt: '2026-11-30T09:00:00.000Z', identityEnds: '2027-01-31T00:00:00.000Z' }

async function list(...items: readonly object[]): Promise<readonly string[]> {
  await using peer = await listen(() => ({ body: { items, next: null } }))
  const { stdout } = await edict(['enrollments', 'list'], { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' })
  return stdout.trimEnd().split('\n')
}

describe('edict enrollments list', () => {
  it('has no column for notes where there are none', async () => {
    expect((await list(enrollment))[0]).toMatch(/LAST SEEN$/)
  })

  it.each([
    ['imported, not seen yet', { imported }],
    ['imported', { imported: seen }],
    ['topic differs', { warnings: ['topic-differs'] }],
    ['imported; cannot be renewed, until 2027-01-31T00:00:00.000Z', { imported: { ...seen, renewable: false } }],
    [
      'imported; identity ends 2027-01-31T00:00:00.000Z, enroll it again',
      { imported: { ...seen, renewable: false }, warnings: ['identity-ends'] },
    ],
  ])('notes: %s', async (note, but) => {
    const [head, other, noted] = await list(enrollment, { ...enrollment, ...but })
    expect(head).toMatch(/NOTE$/)
    expect(other).not.toContain(note)
    expect(noted?.endsWith(note)).toBe(true)
  })
})
