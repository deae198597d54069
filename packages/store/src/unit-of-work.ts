import type { Declared, Instant } from '@edict/core'
import { addAccount, removeAccount, setPassword } from './accounts.ts'
import { forgetApps, saveApps } from './apps.ts'
import { addAudit } from './audit.ts'
import { addAuthority, retireAuthority, sealAuthorityAnew } from './authorities.ts'
import { addCertificate, revokeCertificates } from './certificates.ts'
import { addChallenge, forgetChallenges, takeBackChallenges, takeChallenge } from './challenges.ts'
import { cohortPage, existing, lockChannels, saveEnrollments, withUsers } from './channels.ts'
import { addCommand, clearQueues, dropCommands, saveCommand, sealedCommand } from './commands.ts'
import { deleteContent, putContent } from './contents.ts'
import { addDeadline, endDeadlines } from './deadlines.ts'
import { loadDeclared, lockRevision, revision, saveDeclared } from './declared.ts'
import type { DeclaredCache } from './declared-cache.ts'
import {
  crowdOutDeliveries,
  forgetDeliveries,
  hastenDeliveries,
  queueDeliveries,
  queueDeliveriesAgain,
  removeDeliveries,
  saveAttempts,
} from './deliveries.ts'
import { dropDiagnoses, lockDiagnoses, lookAgain, saveDiagnoses, takeDiagnoses } from './diagnoses.ts'
import type { Session } from './dialect/dialect.ts'
import { addEvents } from './events.ts'
import { forgetExpected, noteGiven, putExpected } from './expected.ts'
import { collectGarbage } from './garbage.ts'
import { addGrant, bindGrant, forgetGrants, revokeGrants, useProfileGrant } from './grants.ts'
import { addAwaited, awaitedAmong, endAwaited } from './imports.ts'
import { addInvitation, forgetInvitations, revokeInvitation, takeInvitation } from './invitations.ts'
import { goOnLap } from './laps.ts'
import { capabilitiesByHash, cohorts, putCapabilities, putValues, saveCohorts } from './manifests.ts'
import {
  deleteAssignment,
  deleteGroup,
  holders,
  memberships,
  propertiesOf,
  propertyKeys,
  putAssignment,
  putGroupMembers,
  putProperties,
} from './memberships.ts'
import { addPairing, answerPairing, forgetPairings, takePairing } from './pairings.ts'
import { addPin, pinsAmong, promotePin, revokePins } from './pins.ts'
import { keepProfileReach, replaceProfileReach } from './profile-reach.ts'
import { deletePushCertificate, putPushCertificate } from './push-certificates.ts'
import { readsOn } from './reads.ts'
import { sealAnew, sealedRows } from './sealed.ts'
import { deleteSecret, endSecrets, putSecret } from './secrets.ts'
import { addSignIn, endSignIn, forgetSignIns } from './sign-ins.ts'
import { addReport, forgetStatus, saveItems, saveStates } from './status.ts'
import type { StoredEvent, Transaction } from './store.ts'
import { dropToldConditions, saveToldConditions } from './told-conditions.ts'
import { addTrace, forgetTrace, shortenTrace } from './trace.ts'
import { advanceWake, finishWake, giveBackWake, takeWake, wakeChannels, wakeCohorts } from './wakes.ts'
import { addWebhook, holdWebhook, letGoWebhook, lockWebhook, removeWebhook, saveWebhook } from './webhooks.ts'

/** What a unit of work leaves to be done once it is committed. */
export interface Aftermath {
  readonly events: readonly Omit<StoredEvent, 'sequence'>[]
  readonly wakes: boolean
  /** What is declared, as the work read or wrote it. */
  readonly declared: Declared | null
}

export interface UnitOfWork {
  readonly tx: Transaction
  /** Writes what was kept for the end. Comes after the work and before the commit. */
  finish(): Promise<Aftermath>
}

export interface Surroundings {
  readonly cache: DeclaredCache
  readonly clock: () => Instant
}

/** A unit of work over a session that executes within one database transaction, or one savepoint of it. */
export function unitOfWork(session: Session, { cache, clock }: Surroundings): UnitOfWork {
  const added: Omit<StoredEvent, 'sequence'>[] = []
  let wakes = false
  let saved: Declared | null = null
  let loaded: Declared | null = null
  const declared = async (): Promise<Declared> => {
    if (saved !== null) return saved
    const known = cache.get(await revision(session))
    if (known !== undefined) return known
    loaded = await loadDeclared(session)
    return loaded
  }
  const tx: Transaction = {
    ...readsOn(session),
    declared,
    lockRevision: (mode) => lockRevision(session, mode),
    lock: (ids) => lockChannels(session, ids),
    saveDeclared: async (before, after, at) => {
      await saveDeclared(session, before, after, at)
      saved = after
    },
    cohorts: () => cohorts(session),
    capabilitiesByHash: (hashes) => capabilitiesByHash(session, hashes),
    putCapabilities: (hash, content) => putCapabilities(session, hash, content),
    saveCohorts: (changes, how) => saveCohorts(session, changes, how),
    putValues: (values) => putValues(session, values),
    holders: (cohort, keys) => holders(session, cohort, keys),
    propertyKeys: () => propertyKeys(session),
    saveEnrollments: (enrollments) => saveEnrollments(session, enrollments),
    withUsers: (ids) => withUsers(session, ids),
    existing: (ids) => existing(session, ids),
    memberships: (ids, devices) => memberships(session, ids, devices),
    propertiesOf: (ids) => propertiesOf(session, ids),
    putProperties: (id, properties) => putProperties(session, id, properties),
    putGroupMembers: (group, members) => putGroupMembers(session, group, members),
    deleteGroup: (group) => deleteGroup(session, group),
    putAssignment: (id, assignment) => putAssignment(session, id, assignment),
    deleteAssignment: (id, set, channel) => deleteAssignment(session, id, set, channel),
    saveStates: (id, states, at) => saveStates(session, id, states, at),
    saveItems: (id, put, gone) => saveItems(session, id, put, gone),
    addReport: (id, report, keep) => addReport(session, id, report, keep),
    forget: async (ids) => {
      await forgetStatus(session, ids)
      await clearQueues(session, ids)
      await forgetApps(session, ids)
      await endDeadlines(session, ids)
      await endSecrets(session, ids)
    },
    addCommand: (command, sealed) => addCommand(session, command, sealed),
    sealedCommand: (id, uuid) => sealedCommand(session, id, uuid),
    saveCommand: (command) => saveCommand(session, command),
    dropCommands: (before) => dropCommands(session, before),
    saveApps: (id, known) => saveApps(session, id, known),
    putSecret: (id, secret) => putSecret(session, id, secret),
    deleteSecret: (id, name) => deleteSecret(session, id, name),
    sealedRows: (under, limit) => sealedRows(session, under, limit),
    sealAnew: (row, value, under) => sealAnew(session, row, value, under),
    sealAuthorityAnew: (authority, sealedKey) => sealAuthorityAnew(session, authority, sealedKey),
    addAuthority: (authority) => addAuthority(session, authority),
    retireAuthority: (id, at) => retireAuthority(session, id, at),
    addCertificate: (certificate) => addCertificate(session, certificate),
    revokeCertificates: async (enrollment, revoked) => {
      await takeBackChallenges(session, enrollment)
      return revokeCertificates(session, enrollment, revoked)
    },
    addChallenge: (challenge) => addChallenge(session, challenge),
    takeChallenge: (hash, use) => takeChallenge(session, hash, use),
    forgetChallenges: (before) => forgetChallenges(session, before),
    addPin: (pin) => addPin(session, pin),
    promotePin: (fingerprint) => promotePin(session, fingerprint),
    revokePins: (fingerprints, how) => revokePins(session, fingerprints, how),
    pinsAmong: (fingerprints) => pinsAmong(session, fingerprints),
    addAwaited: (devices) => addAwaited(session, devices),
    awaitedAmong: (names) => awaitedAmong(session, names),
    endAwaited: (devices) => endAwaited(session, devices),
    keepProfileReach: (reach) => keepProfileReach(session, reach),
    replaceProfileReach: (reach) => replaceProfileReach(session, reach),
    addAccount: (one) => addAccount(session, one),
    setPassword: (name, password, at) => setPassword(session, name, password, at),
    removeAccount: (name) => removeAccount(session, name),
    addSignIn: (one) => addSignIn(session, one),
    endSignIn: (stateHash) => endSignIn(session, stateHash),
    forgetSignIns: (before) => forgetSignIns(session, before),
    addGrant: (one) => addGrant(session, one),
    useProfileGrant: (tokenHash, now) => useProfileGrant(session, tokenHash, now),
    bindGrant: (tokenHash, enrollment, at) => bindGrant(session, tokenHash, enrollment, at),
    revokeGrants: (whose, how) => revokeGrants(session, whose, how),
    forgetGrants: (before) => forgetGrants(session, before),
    addPairing: (one) => addPairing(session, one),
    answerPairing: (securityHash, how) => answerPairing(session, securityHash, how),
    takePairing: (pairingHash, how) => takePairing(session, pairingHash, how),
    forgetPairings: (before) => forgetPairings(session, before),
    addTrace: (entries) => addTrace(session, entries),
    shortenTrace: (id, keep) => shortenTrace(session, id, keep),
    forgetTrace: (before) => forgetTrace(session, before),
    lookAgain: (ids, due) => lookAgain(session, ids, due),
    takeDiagnoses: (ids, now, leaseUntil) => takeDiagnoses(session, ids, now, leaseUntil),
    lockDiagnoses: (ids) => lockDiagnoses(session, ids),
    saveDiagnoses: (kept) => saveDiagnoses(session, kept),
    dropDiagnoses: (ids) => dropDiagnoses(session, ids),
    saveToldConditions: (id, told) => saveToldConditions(session, id, told),
    dropToldConditions: (ids) => dropToldConditions(session, ids),
    putContent: (one) => putContent(session, one),
    deleteContent: (name) => deleteContent(session, name),
    addInvitation: (one) => addInvitation(session, one),
    takeInvitation: (tokenHash, now) => takeInvitation(session, tokenHash, now),
    revokeInvitation: (id, at) => revokeInvitation(session, id, at),
    putExpected: (devices) => putExpected(session, devices),
    forgetExpected: (serials) => forgetExpected(session, serials),
    noteGiven: (serial, device, at) => noteGiven(session, serial, device, at),
    addDeadline: (id, due) => addDeadline(session, id, due),
    endDeadlines: (ids) => endDeadlines(session, ids),
    forgetInvitations: (before) => forgetInvitations(session, before),
    wakeCohorts: async (woken, due) => {
      wakes ||= woken.length > 0
      await wakeCohorts(session, woken, due)
    },
    wakeChannels: async (ids, due, whom = 'behind') => {
      wakes ||= ids.length > 0
      await wakeChannels(session, ids, due, whom)
    },
    wakeUnseen: async (ids, due, since, whom) => {
      wakes ||= ids.length > 0
      await wakeChannels(session, ids, due, whom, since)
    },
    addAudit: (entry) => addAudit(session, entry),
    addEvents: async (events) => {
      added.push(...events)
    },
    takeWake: (now, leaseUntil) => takeWake(session, now, leaseUntil),
    advanceWake: (wake, cursor, leaseUntil) => advanceWake(session, wake, cursor, leaseUntil),
    giveBackWake: (wake) => giveBackWake(session, wake),
    finishWake: (wake) => finishWake(session, wake),
    putPushCertificate: (certificate) => putPushCertificate(session, certificate),
    deletePushCertificate: (id) => deletePushCertificate(session, id),
    addWebhook: (one) => addWebhook(session, one),
    lockWebhook: (id) => lockWebhook(session, id),
    saveWebhook: (one) => saveWebhook(session, one),
    removeWebhook: async (id) => {
      await removeDeliveries(session, id)
      await removeWebhook(session, id)
    },
    holdWebhook: (id, holder, now, until) => holdWebhook(session, id, holder, now, until),
    letGoWebhook: (id, holder) => letGoWebhook(session, id, holder),
    queueDeliveries: (id, added, now) => queueDeliveries(session, id, added, now),
    saveAttempts: (id, attempted, now) => saveAttempts(session, id, attempted, now),
    hastenDeliveries: (id, now) => hastenDeliveries(session, id, now),
    crowdOutDeliveries: (id, most, now) => crowdOutDeliveries(session, id, most, now),
    queueDeliveriesAgain: (id, ids, now) => queueDeliveriesAgain(session, id, ids, now),
    forgetDeliveries: (id, before, keep) => forgetDeliveries(session, id, before, keep),
    goOnLap: (from, to) => goOnLap(session, from, to),
    cohortPage: (cohort, cursor, limit) => cohortPage(session, cohort, cursor, limit),
    collectGarbage: () => collectGarbage(session, clock()),
  }
  const finish = async (): Promise<Aftermath> => {
    if (added.length > 0) await addEvents(session, added)
    return { events: added, wakes, declared: saved ?? loaded }
  }
  return { tx, finish }
}
