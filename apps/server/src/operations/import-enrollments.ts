import type { ImportAnswer } from '@edict/api'
import { type Enrollment, importChannel, isUnseen, NOWHERE } from '@edict/core'
import type { Json } from '@edict/protocol'
import type { AwaitedDevice, Channel, Pin, StoredEvent, Transaction } from '@edict/store'
import { escrowSecret } from '../escrow/escrow-secret.ts'
import { type Services, when } from '../services.ts'
import type { Write } from './commit.ts'
import { type Moving, placeChannels } from './place-channels.ts'
import { type ReadRow, type RefusedRow, readEnrollmentRow, refusedRow } from './read-enrollment-row.ts'

export interface ImportWish {
  readonly rows: readonly Json[]
  /** Whether devices without the hash of a certificate are taken. */
  readonly trustFirstContact: boolean
  /** Whether those that have not been heard of are pushed. */
  readonly wake: boolean
  readonly dryRun: boolean
}

export interface ImportAnswers {
  readonly imported: number
  readonly unchanged: number
  readonly refused: number
  readonly items: ImportAnswer[]
}

type Uses = Pick<Services, 'store' | 'now' | 'settings' | 'escrow'>

/** Takes back a work whose answers are wanted, and not what it did. */
class DryRun extends Error {
  readonly answers: ImportAnswers

  constructor(answers: ImportAnswers) {
    super('dry run')
    this.answers = answers
  }
}

/**
 * Takes over channels that another server enrolled, each row by itself and all in one transaction. What enrolled here is never
 * overwritten; what was imported and not heard of yet is, for a row may have been wrong.
 */
export async function importEnrollments(wish: ImportWish, write: Write, services: Uses): Promise<ImportAnswers> {
  try {
    return await services.store.transaction(async (tx) => {
      const answers = await importRows(tx, wish, services)
      if (wish.dryRun) throw new DryRun(answers)
      const { actor, action, subject: target } = write
      const { imported, unchanged, refused } = answers
      const detail = { imported, unchanged, refused, trustFirstContact: wish.trustFirstContact, wake: wish.wake }
      await tx.addAudit({ at: services.now(), actor, action, target, revision: 0, detail })
      return answers
    })
  } catch (error) {
    if (error instanceof DryRun) return error.answers
    throw error
  }
}

/** What became of a row, or of none yet. */
type Outcome = 'imported' | 'unchanged' | RefusedRow

/** Everything that decides about the rows of a batch. */
interface Ground {
  readonly channels: ReadonlyMap<string, Channel>
  readonly pins: ReadonlyMap<string, Pin>
  readonly awaited: ReadonlyMap<string, AwaitedDevice>
  readonly trustFirstContact: boolean
  readonly now: number
}

async function importRows(tx: Transaction, wish: ImportWish, services: Uses): Promise<ImportAnswers> {
  const { now, wake } = when(services)
  const read = wish.rows.map(readEnrollmentRow)
  const ids = [...new Set(read.flatMap((row) => (row.kind === 'row' ? [row.who.id, row.who.device] : [])))]
  // Nobody enrolls and nobody else imports meanwhile: what is not there yet has no row to lock.
  await tx.lockRevision('update')
  const ground = await groundOf(tx, ids, read, wish.trustFirstContact, now)
  const outcomes = read.map((row): Outcome | null => (row.kind === 'refused' ? row : null))
  const made = new Map<string, Enrollment>()
  const seen = new Set<string>()
  const each = (channel: 'device' | 'user', decide: (row: ReadRow) => Outcome) => {
    read.forEach((row, index) => {
      if (row.kind === 'refused' || row.who.channel !== channel) return
      outcomes[index] = seen.has(row.who.id) ? repeated(row) : decide(row)
      seen.add(row.who.id)
    })
  }
  const taken = new Set<string>()
  each('device', (row) => decideDevice(row, ground, taken, made))
  const refusedLate = await awaitDevices(tx, read, outcomes, made, now)
  for (const id of refusedLate) made.delete(id)
  each('user', (row) => decideUser(row, ground, made))
  await save(tx, made, ground, now)
  await saveSecrets(tx, read, outcomes, ground, made, services)
  if (wish.wake) await tx.wakeChannels(unseenOf(read, outcomes, ground, made), wake)
  return answersOf(read, outcomes)
}

async function groundOf(
  tx: Transaction,
  ids: readonly string[],
  read: readonly (ReadRow | RefusedRow)[],
  trustFirstContact: boolean,
  now: number,
): Promise<Ground> {
  const channels = new Map((await tx.lock(ids)).map((channel) => [channel.enrollment.id, channel]))
  const hashes = read.flatMap((row) => (row.kind === 'row' && row.certificate !== null ? [row.certificate] : []))
  const pins = await tx.pinsAmong([...new Set(hashes)])
  const awaited = new Map<string, AwaitedDevice>()
  for (const { enrollment } of channels.values()) {
    const one = isUnseen(enrollment) ? await tx.awaited({ device: enrollment.id }) : undefined
    if (one !== undefined) awaited.set(one.device, one)
  }
  return { channels, pins, awaited, trustFirstContact, now }
}

function decideDevice(row: ReadRow, ground: Ground, taken: Set<string>, made: Map<string, Enrollment>): Outcome {
  const { who, certificate } = row
  const before = ground.channels.get(who.id)?.enrollment
  const pin = certificate === null ? undefined : ground.pins.get(certificate)
  const settled = alreadyHere(who.id, before, certificate === null || pin?.enrollment === who.id)
  if (settled !== null) return settled
  if (certificate === null && !ground.trustFirstContact) {
    return refusedRow(
      'certificate-hash-missing',
      who.id,
      `Cannot believe ${who.id} later: its certificate is not known`,
      {
        at: '/certificateHash',
        expected: 'SHA-256 of the certificate in hexadecimal',
        remedy: 'export it with the row, or accept the first contact with --trust-first-contact',
      },
    )
  }
  if (certificate !== null && (pin !== undefined || taken.has(certificate))) return certificateTaken(row)
  if (certificate !== null) taken.add(certificate)
  const unplaced = importChannel(who, row.known, undefined, before, ground.now)
  // Which it is only its users tell.
  const sharedIPad = before?.facts.sharedIPad
  const facts = sharedIPad === undefined ? unplaced.facts : { ...unplaced.facts, sharedIPad }
  const after = { ...unplaced, facts, ...NOWHERE, since: before?.since ?? 0 }
  const awaited = ground.awaited.get(who.id)
  const same = before !== undefined && awaited?.certificate === certificate && isSame(before, after)
  if (same) return 'unchanged'
  made.set(who.id, after)
  return 'imported'
}

function decideUser(row: ReadRow, ground: Ground, made: Map<string, Enrollment>): Outcome {
  const { who } = row
  const device = made.get(who.device) ?? ground.channels.get(who.device)?.enrollment
  if (device?.imported === undefined || device.state === 'left') {
    const here = device !== undefined && device.state !== 'left'
    const why = here ? 'its device enrolled here' : 'its device is not imported'
    return refusedRow('device-missing', who.id, `Cannot import ${who.id}: ${why}`, {
      found: who.device,
      expected: 'a device that is in this batch or was imported before',
      remedy: here ? 'wait: users of such a device come by themselves' : 'import its device first',
    })
  }
  const before = ground.channels.get(who.id)?.enrollment
  const settled = alreadyHere(who.id, before, device.imported.seenAt !== null)
  if (settled !== null) return settled
  const unplaced = importChannel(who, row.known, device, before, ground.now)
  const after = { ...unplaced, ...NOWHERE, since: before?.since ?? 0 }
  if (who.shape === 'shared-ipad-user') {
    const shared = { ...device, facts: { ...device.facts, sharedIPad: true } }
    if (device.facts.sharedIPad !== true) made.set(device.id, shared)
    const user = { ...after, facts: shared.facts }
    if (before !== undefined && isSame(before, user)) return 'unchanged'
    made.set(who.id, user)
    return 'imported'
  }
  if (before !== undefined && isSame(before, after)) return 'unchanged'
  made.set(who.id, after)
  return 'imported'
}

/** What is enrolled here and was heard of stays as it is. Null: it may be imported. */
function alreadyHere(id: string, before: Enrollment | undefined, fits: boolean): Outcome | null {
  if (before === undefined || before.state === 'left' || isUnseen(before)) return null
  if (before.imported !== undefined && fits) return 'unchanged'
  const how = before.imported === undefined ? 'it enrolled here' : 'it was imported and has been heard of'
  return refusedRow('enrollment-exists', id, `Cannot import ${id}: ${how}`, {
    found: before.state,
    remedy: 'leave it as it is; to let it enroll anew, revoke it and invite it',
  })
}

/** Whether an import would change nothing but when it was made. */
function isSame(before: Enrollment, after: Enrollment): boolean {
  const told = ({ state, push, facts, userName, imported }: Enrollment) =>
    JSON.stringify([
      state,
      push && [push.topic, push.token, push.magic],
      Object.entries(facts).sort(),
      userName,
      imported?.terms,
    ])
  return told(before) === told(after)
}

/** Awaits the devices that are imported: gives those that are not, for another one is awaited with their certificate. */
async function awaitDevices(
  tx: Transaction,
  read: readonly (ReadRow | RefusedRow)[],
  outcomes: (Outcome | null)[],
  made: ReadonlyMap<string, Enrollment>,
  at: number,
): Promise<readonly string[]> {
  const rows = read.filter((row, index): row is ReadRow => row.kind === 'row' && outcomes[index] === 'imported')
  const added = await tx.addAwaited(
    rows.map(({ who, certificate }) => ({
      device: who.id,
      certificate,
      serial: made.get(who.id)?.facts.serialNumber ?? null,
      at,
    })),
  )
  const late: string[] = []
  read.forEach((row, index) => {
    if (row.kind === 'refused' || outcomes[index] !== 'imported' || added.has(row.who.id)) return
    outcomes[index] = certificateTaken(row)
    late.push(row.who.id)
  })
  return late
}

async function save(
  tx: Transaction,
  made: ReadonlyMap<string, Enrollment>,
  { channels }: Ground,
  at: number,
): Promise<void> {
  if (made.size === 0) return
  const left = [...made.keys()].filter((id) => channels.get(id)?.enrollment.state === 'left')
  await tx.forget(left)
  const moving = [...made.values()].map((after): Moving => ({ before: channels.get(after.id), after }))
  await placeChannels(tx, moving, at)
  const events = [...made.values()].map(({ id, device, channel }): Omit<StoredEvent, 'sequence'> => {
    return { at, type: 'enrollment.imported', data: { enrollment: id, device, channel } }
  })
  await tx.addEvents(events)
}

async function saveSecrets(
  tx: Transaction,
  read: readonly (ReadRow | RefusedRow)[],
  outcomes: readonly (Outcome | null)[],
  { channels, now: at }: Ground,
  made: ReadonlyMap<string, Enrollment>,
  services: Uses,
): Promise<void> {
  for (const [index, row] of read.entries()) {
    if (row.kind === 'refused' || typeof outcomes[index] !== 'string') continue
    const device = made.get(row.who.id) ?? channels.get(row.who.id)?.enrollment
    if (device === undefined || !isUnseen(device)) continue
    const { period, id: enrollment } = device
    const { unlockToken, bootstrapToken } = row.secrets
    const named = { 'unlock-token': unlockToken, 'bootstrap-token': bootstrapToken }
    for (const [name, secret] of Object.entries(named))
      if (secret !== undefined) await escrowSecret(tx, { enrollment, name, period, secret, at }, services)
  }
}

function unseenOf(
  read: readonly (ReadRow | RefusedRow)[],
  outcomes: readonly (Outcome | null)[],
  { channels }: Ground,
  made: ReadonlyMap<string, Enrollment>,
): readonly string[] {
  return read.flatMap((row, index) => {
    if (row.kind === 'refused' || row.who.channel !== 'device' || typeof outcomes[index] !== 'string') return []
    const device = made.get(row.who.id) ?? channels.get(row.who.id)?.enrollment
    return device !== undefined && isUnseen(device) ? [row.who.id] : []
  })
}

function answersOf(read: readonly (ReadRow | RefusedRow)[], outcomes: readonly (Outcome | null)[]): ImportAnswers {
  const items = read.map((row, index): ImportAnswer => {
    const outcome = outcomes[index] ?? 'unchanged'
    if (typeof outcome === 'string')
      return { index, enrollment: row.kind === 'row' ? row.who.id : null, result: outcome }
    const { kind: _, enrollment, ...refusal } = outcome
    return { index, enrollment, result: 'refused', ...refusal }
  })
  const count = (result: ImportAnswer['result']) => items.filter((item) => item.result === result).length
  return { imported: count('imported'), unchanged: count('unchanged'), refused: count('refused'), items }
}

function repeated({ who }: ReadRow): RefusedRow {
  return refusedRow('row-repeated', who.id, `Cannot import ${who.id}: an earlier row of this batch is about it too`, {
    remedy: 'leave the one that is right',
  })
}

/** Whose it is stays untold. */
function certificateTaken({ who, certificate }: ReadRow): RefusedRow {
  return refusedRow('certificate-taken', who.id, `Cannot import ${who.id}: its certificate is that of another one`, {
    at: '/certificateHash',
    ...(certificate === null ? {} : { found: certificate }),
    expected: 'a certificate that speaks, or spoke, for nobody else',
    remedy: 'look in the export which of the two has it',
  })
}
