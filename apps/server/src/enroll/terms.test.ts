import type { Enrollment, Terms } from '@edict/core'
import type { Pin } from '@edict/store'
import { describe, expect, it } from 'vitest'
import { originOf, ownTerms, termsFor } from './terms.ts'

const here = 'https://here.example'
const there = 'https://there.example'
const elsewhere: Terms = {
  ServerURL: 'https://mdm.example/mdm',
  CheckInURL: 'https://mdm.example/mdm',
  AccessRights: 255,
  PayloadIdentifier: 'com.example.mdm',
  ServerCapabilities: [],
}
const imported = (terms: Terms | null) => ({ at: 1, seenAt: 1, identityEnds: 9, terms })

const terms = (enrollment: Partial<Enrollment> | undefined, state?: Pin['state'], device: string | null = 'A') =>
  termsFor(device, here, {
    channel: async () => enrollment && { enrollment: enrollment as Enrollment, common: '', cohortSince: 0 },
    pinsOf: async () => (state === undefined ? [] : [{ state } as Pin]),
    profileReach: async () => ({ url: there, topic: 't', at: 1 }),
  })

describe('the terms of the next profile', () => {
  it('are ours for who has no profile', async () => {
    for (const given of [terms(undefined, undefined, null), terms(undefined), terms({ profileUrl: there }, 'revoked')])
      expect(await given).toEqual(ownTerms(here))
  })

  it('are those of the profile that a device has', async () => {
    expect(await terms({ profileUrl: there }, 'current')).toEqual(ownTerms(there))
    expect(await terms({ imported: imported(elsewhere) }, 'current')).toEqual(elsewhere)
    // Enrolled before it was kept which URL stood in its profile: that of the first profiles.
    expect(await terms({}, 'current')).toEqual(ownTerms(there))
  })

  it('are ours where nobody knows those of an imported device', async () => {
    expect(await terms({ imported: imported(null) }, 'current')).toEqual(ownTerms(here))
  })
})

describe('the origin of the profile that a device authenticates by', () => {
  const before = (but: Partial<Enrollment>) => but as Enrollment

  it('is ours and present with a new certificate, whatever was there', () => {
    for (const was of [undefined, before({ profileUrl: there }), before({ imported: imported(elsewhere) })])
      expect(originOf(was, 'new', here)).toEqual({ profileUrl: here })
    expect(originOf(undefined, 'new', null)).toEqual({})
  })

  it('stays with a certificate that is known, or follows one', () => {
    for (const pinned of ['known', 'next'] as const) {
      expect(originOf(before({ profileUrl: there }), pinned, here)).toEqual({ profileUrl: there })
      expect(originOf(before({ imported: imported(elsewhere) }), pinned, here)).toEqual({
        imported: imported(elsewhere),
      })
      expect(originOf(before({}), pinned, here)).toEqual({})
    }
  })

  it('becomes ours where terms were unknown and a profile of ours was taken', () => {
    expect(originOf(before({ imported: imported(null) }), 'next', here)).toEqual({ profileUrl: here })
    expect(originOf(before({ imported: imported(null) }), 'known', here)).toEqual({ imported: imported(null) })
  })
})
