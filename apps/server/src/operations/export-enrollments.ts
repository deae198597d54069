import type { EnrollmentRow } from '@edict/api'
import type { Enrollment } from '@edict/core'
import type { EnrollmentIdentity, IdentityKeys } from '@edict/protocol'
import { sharedIPadUserID } from '@edict/protocol'
import type { Page, Reads } from '@edict/store'
import { ownTerms } from '../enroll/terms.ts'
import type { Services } from '../services.ts'

/**
 * Enrolled channels as an import takes them, by id: a device comes before its users. Without secrets.
 *
 * @param cursor the id that the page before ended with
 */
export async function exportEnrollments(
  cursor: string | null,
  limit: number,
  { store, reach }: Pick<Services, 'store' | 'reach'>,
): Promise<Page<EnrollmentRow>> {
  const { items, next } = await store.scan.enrollments({ state: 'enrolled' }, cursor, limit)
  const url = (await store.read.profileReach())?.url ?? reach.url()
  const rows = await Promise.all(items.map(({ enrollment }) => rowOf(enrollment, url, store.read)))
  return { items: rows.filter((row) => row !== null), next }
}

/** Null for a channel that cannot be pushed. */
async function rowOf(
  enrollment: Enrollment,
  url: string | null,
  reads: Pick<Reads, 'pinsOf' | 'awaited'>,
): Promise<EnrollmentRow | null> {
  const { push, channel } = enrollment
  if (push === null) return null
  const row = {
    ...keysOf(enrollment),
    Topic: push.topic,
    Token: push.token,
    PushMagic: push.magic,
  }
  if (channel === 'user') return row
  const certificateHash = await certificateOf(enrollment.id, reads)
  return {
    ...row,
    ...factsOf(enrollment),
    ...(certificateHash === null ? {} : { certificateHash }),
    ...termsOf(enrollment, url, certificateHash !== null),
  }
}

/** The keys of its messages, from which its id was made. */
function keysOf({ id, device, shape, userName }: Enrollment): IdentityKeys {
  const user = id.slice(device.length + 1)
  const name = userName === undefined ? {} : { UserShortName: userName }
  const keys: { readonly [Shape in EnrollmentIdentity['shape']]: IdentityKeys } = {
    device: { UDID: device },
    'mac-user': { UDID: device, UserID: user, ...name },
    'shared-ipad-user': { UDID: device, UserID: sharedIPadUserID, UserShortName: user },
    'user-enrollment': { EnrollmentID: device },
    'user-enrollment-user': { EnrollmentID: device, EnrollmentUserID: user, ...name },
  }
  return keys[shape]
}

function factsOf({ facts }: Enrollment) {
  const { serialNumber, productName, model, modelName, osVersion, buildVersion, deviceName, supervised } = facts
  const told = {
    SerialNumber: serialNumber,
    ProductName: productName,
    Model: model,
    ModelName: modelName,
    OSVersion: osVersion,
    BuildVersion: buildVersion,
    DeviceName: deviceName,
    IsSupervised: supervised,
  }
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined && value !== ''))
}

async function certificateOf(device: string, reads: Pick<Reads, 'pinsOf' | 'awaited'>): Promise<string | null> {
  const current = (await reads.pinsOf(device)).find(({ state }) => state === 'current')
  return current?.fingerprint ?? (await reads.awaited({ device }))?.certificate ?? null
}

/** What its profile says, where that is known: of a device that never proved a certificate the profile is not ours. */
function termsOf({ imported, profileUrl }: Enrollment, url: string | null, proved: boolean) {
  if (imported !== undefined) return imported.terms ?? {}
  const base = profileUrl ?? url
  return proved && base !== null ? ownTerms(base) : {}
}
