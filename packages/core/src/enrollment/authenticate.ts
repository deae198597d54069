import { platformOfProduct } from '@edict/catalogue'
import type { Authenticate, EnrollmentIdentity } from '@edict/protocol'
import { FRESH } from '../sync/sync.ts'
import type { Enrollment, Facts } from './enrollment.ts'

/** By which profile a device is managed. */
export type ProfileOrigin = Pick<Enrollment, 'profileUrl' | 'imported' | 'account'>

/** Apple's keys that say what a device is. */
export type FactKeys = Pick<
  Authenticate,
  'ProductName' | 'OSVersion' | 'BuildVersion' | 'SerialNumber' | 'DeviceName' | 'Model' | 'ModelName'
>

/** The enrollment as Authenticate says it is, with nothing placed yet. */
export type Unplaced = Omit<Enrollment, keyof typeof NOWHERE>

/** Of an enrollment that is to be placed. */
export const NOWHERE = { own: '', particulars: '', cohort: '', since: 0 } as const

/**
 * Authenticate opens a new enrollment period for a device: what the old one left in status, told, collected and offer is
 * cleared. Sets, groups and properties stay with the enrollment id.
 *
 * @param origin of the profile that it comes by
 * @see apple:mdm/checkin/authenticate.yaml
 */
export function authenticate(
  identity: EnrollmentIdentity,
  message: Authenticate,
  before: Enrollment | undefined,
  origin: ProfileOrigin = {},
): Unplaced {
  return {
    id: identity.id,
    device: identity.device,
    channel: identity.channel,
    shape: identity.shape,
    state: 'enrolling',
    period: (before?.period ?? 0) + 1,
    facts: factsSaid(message, before?.facts),
    capabilities: null,
    push: null,
    awaitingConfiguration: null,
    sync: FRESH,
    enrolledAt: null,
    lastSeenAt: null,
    lastReportAt: null,
    lastFullReportAt: null,
    subscribedAt: null,
    subscribed: null,
    ...origin,
  }
}

/** A user channel when its device begins a new period: it returns with its own TokenUpdate. */
export function periodEnded(
  { imported: _, account: _before, ...user }: Enrollment,
  device: Pick<Enrollment, 'period' | 'facts' | 'account'>,
): Enrollment {
  return {
    ...user,
    ...(device.account === undefined ? {} : { account: device.account }),
    state: 'enrolling',
    period: device.period,
    facts: device.facts,
    capabilities: null,
    push: null,
    awaitingConfiguration: null,
    sync: FRESH,
    lastReportAt: null,
    lastFullReportAt: null,
    subscribedAt: null,
    subscribed: null,
  }
}

/** What the message says; supervision and Shared iPad are no part of it, so what was known of those is kept. */
export function factsSaid(message: FactKeys, before: Facts | undefined): Facts {
  const productName = message.ProductName ?? before?.productName
  const platform = productName === undefined ? undefined : platformOfProduct(productName)
  return defined({
    productName,
    platform,
    osVersion: message.OSVersion,
    buildVersion: message.BuildVersion,
    serialNumber: message.SerialNumber,
    deviceName: message.DeviceName,
    model: message.Model,
    modelName: message.ModelName,
    supervised: before?.supervised,
    sharedIPad: before?.sharedIPad,
  })
}

function defined(facts: { readonly [K in keyof Facts]: Facts[K] | undefined }): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}
