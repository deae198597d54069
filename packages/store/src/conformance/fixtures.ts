import {
  type Body,
  type Cohort,
  type CohortChange,
  type CommonItem,
  type DeclarationVersion,
  type Declared,
  type Enrollment,
  FRESH,
  type Sync,
} from '@edict/core'
import type { Store, Transaction } from '../store.ts'

const key: Cohort['key'] = {
  eligibility: {
    channel: 'device',
    platform: 'iOS',
    osVersion: '26.4.2',
    enrollment: 'supervised',
    supervised: true,
    sharedIPad: false,
    capabilities: null,
  },
  groups: [],
  deviceGroups: [],
  own: [],
}

interface CohortWish extends Partial<Cohort> {
  readonly id: string
  readonly bodies?: readonly Body[]
  readonly items?: readonly CommonItem[]
}

/** A cohort with a common half called `<id>-half` unless said. */
export function cohort({ bodies = [], items, ...wish }: CohortWish): CohortChange {
  const common = wish.common ?? `${wish.id}-half`
  const listed = bodies.map((body) => ({ ...body, hash: body.serverToken, own: false }))
  const ofHalf = (items ?? listed).map(({ kind, identifier, type, hash, own }) => ({
    kind,
    identifier,
    type,
    hash,
    own,
  }))
  return {
    cohort: { key, since: 1000, revision: 0, leftOut: [], ...wish, common },
    manifest: { half: { token: common, items: ofHalf }, bodies, leftOut: [], properties: new Map(), subscribed: [] },
    before: null,
  }
}

export function body(serverToken: string, wish: Partial<Body> = {}): Body {
  const type = 'com.apple.configuration.passcode.settings'
  return { kind: 'configuration', identifier: 'passcode', serverToken, type, payload: '{}', reapply: 0, ...wish }
}

type EnrollmentWish = Partial<Omit<Enrollment, 'sync'>> & { readonly sync?: Partial<Sync> }

/** An enrolled iPad of cohort `cohort` with own values `own`. */
export function enrollment(id: string, { sync, ...wish }: EnrollmentWish = {}): Enrollment {
  return {
    id,
    device: id,
    channel: 'device',
    shape: 'device',
    state: 'enrolled',
    period: 1,
    facts: { platform: 'iOS', serialNumber: `S-${id}` },
    capabilities: null,
    push: { topic: 'com.apple.mgmt.test', token: 'ab01', magic: 'magic' },
    awaitingConfiguration: null,
    own: 'own',
    particulars: 'particulars',
    cohort: 'cohort',
    since: 1000,
    enrolledAt: 1000,
    lastSeenAt: null,
    lastReportAt: null,
    lastFullReportAt: null,
    subscribedAt: null,
    subscribed: null,
    ...wish,
    sync: { ...FRESH, ...sync },
  }
}

/** A user of a device. */
export function user(device: string, name: string, wish: EnrollmentWish = {}): Enrollment {
  return enrollment(`${device}:${name}`, { device, channel: 'user', shape: 'mac-user', userName: name, ...wish })
}

/** Saves enrollments with the cohorts and own values that they name. */
export async function enroll(store: Store, ...enrollments: readonly Enrollment[]): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.lockRevision('share')
    await enrollIn(tx, ...enrollments)
  })
}

export async function enrollIn(tx: Transaction, ...enrollments: readonly Enrollment[]): Promise<void> {
  const cohorts = [...new Set(enrollments.map((one) => one.cohort))].map((id) => cohort({ id }))
  await tx.saveCohorts(cohorts, 'create')
  await tx.putValues(new Map(enrollments.map((one) => [one.own, { properties: { is: one.own } }])))
  await tx.saveEnrollments(enrollments)
}

export function version(identifier: string, wish: Partial<DeclarationVersion> = {}): DeclarationVersion {
  const type = 'com.apple.configuration.passcode.settings'
  const contentHash = `hash of ${identifier} ${wish.version ?? 1}`
  return { identifier, kind: 'configuration', type, payload: '{}', version: 1, reapply: 0, contentHash, ...wish }
}

/** Commits a change of what is declared, as the next revision. */
export async function declare(
  store: Store,
  change: (before: Declared) => Partial<Declared>,
  at = 1000,
): Promise<Declared> {
  return store.transaction(async (tx) => {
    const revision = await tx.lockRevision('update')
    const before = await tx.declared()
    const after = { ...before, ...change(before), revision: revision + 1 }
    await tx.saveDeclared(before, after, at)
    return after
  })
}
