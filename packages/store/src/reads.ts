import { account } from './accounts.ts'
import { apps } from './apps.ts'
import { authorities, everyAuthority } from './authorities.ts'
import { aliveOf, certificate, certificateAskedWith } from './certificates.ts'
import { challenge } from './challenges.ts'
import { channel, channelsOf } from './channels.ts'
import { channelsTogether } from './channels-together.ts'
import { command, commands, timedOutCommands, waiting } from './commands.ts'
import { contents, standingContents } from './contents.ts'
import { deadline, passedDeadlines } from './deadlines.ts'
import { loadDeclared, revision, versions } from './declared.ts'
import type { DeclaredCache } from './declared-cache.ts'
import { dueDeliveries } from './deliveries.ts'
import { diagnosis, dueDiagnoses } from './diagnoses.ts'
import type { Session } from './dialect/dialect.ts'
import { expectedDevice } from './expected.ts'
import { grant } from './grants.ts'
import { awaited } from './imports.ts'
import { invitation } from './invitations.ts'
import { lap } from './laps.ts'
import { bodies, body, capabilitiesByHash, cohort, half, particulars, values } from './manifests.ts'
import { assignments, enrollmentsWithSet, groupMembers, membership, properties } from './memberships.ts'
import { pairing } from './pairings.ts'
import { pin, pinsOf, pinsTogether } from './pins.ts'
import { profileReach } from './profile-reach.ts'
import { pushCertificates } from './push-certificates.ts'
import { sealedCounts } from './sealed.ts'
import { secret, secrets } from './secrets.ts'
import { signIn } from './sign-ins.ts'
import { items, reports, states, statesReportedAt } from './status.ts'
import type { Reads } from './store.ts'
import { toldConditions } from './told-conditions.ts'
import { trace, traceAfter, traceBodies } from './trace.ts'
import { webhook, webhooks } from './webhooks.ts'

/** Point reads, wherever their statements are executed. */
export function readsOn(session: Session): Omit<Reads, 'declared'> {
  return {
    channel: (id) => channel(session, id),
    channelsOf: (device) => channelsOf(session, device),
    half: (common) => half(session, common),
    values: (own) => values(session, own),
    particulars: (token) => particulars(session, token),
    body: (serverToken) => body(session, serverToken),
    bodies: (serverTokens) => bodies(session, serverTokens),
    cohort: (id) => cohort(session, id),
    capabilities: async (hash) => (await capabilitiesByHash(session, [hash])).get(hash),
    membership: (id, device) => membership(session, id, device),
    properties: (id) => properties(session, id),
    states: (id) => states(session, id),
    statesReportedAt: (id) => statesReportedAt(session, id),
    items: (id, names) => items(session, id, names),
    reports: (id) => reports(session, id),
    apps: (id) => apps(session, id),
    timedOutCommands: (now, limit) => timedOutCommands(session, now, limit),
    commands: (id, which) => commands(session, id, which),
    command: (id, CommandUUID) => command(session, id, CommandUUID),
    secret: (id, name, period) => secret(session, id, name, period),
    secrets: (id) => secrets(session, id),
    sealedCounts: () => sealedCounts(session),
    authorities: (now) => authorities(session, now),
    everyAuthority: () => everyAuthority(session),
    certificate: (fingerprint) => certificate(session, fingerprint),
    certificateAskedWith: (askedWith) => certificateAskedWith(session, askedWith),
    certificatesAlive: (authority, now) => aliveOf(session, authority, now),
    challenge: (hash) => challenge(session, hash),
    pin: (fingerprint) => pin(session, fingerprint),
    pinsOf: (device) => pinsOf(session, device),
    pushCertificates: () => pushCertificates(session),
    trace: (id, before, limit) => trace(session, id, before, limit),
    traceAfter: (id, after, limit) => traceAfter(session, id, after, limit),
    traceBodies: (id, from, to) => traceBodies(session, id, from, to),
    toldConditions: (id) => toldConditions(session, id),
    diagnosis: (id) => diagnosis(session, id),
    dueDiagnoses: (now, limit) => dueDiagnoses(session, now, limit),
    lap: (name) => lap(session, name),
    waiting: (ids) => waiting(session, ids),
    contents: (by) => contents(session, by),
    standingContents: () => standingContents(session),
    invitation: (by) => invitation(session, by),
    pairing: (pairingHash) => pairing(session, pairingHash),
    account: (name) => account(session, name),
    signIn: (stateHash) => signIn(session, stateHash),
    grant: (tokenHash) => grant(session, tokenHash),
    expectedDevice: (by) => expectedDevice(session, by),
    deadline: (id) => deadline(session, id),
    passedDeadlines: (now, limit) => passedDeadlines(session, now, limit),
    awaited: (by) => awaited(session, by),
    profileReach: () => profileReach(session),
    revision: () => revision(session),
    versions: (identifier) => versions(session, identifier),
    groupMembers: (group) => groupMembers(session, group),
    enrollmentsWithSet: (set) => enrollmentsWithSet(session, set),
    assignments: (id) => assignments(session, id),
    webhook: (id) => webhook(session, id),
    webhooks: () => webhooks(session),
    dueDeliveries: (webhook, now, limit) => dueDeliveries(session, webhook, now, limit),
  }
}

/** Reads of committed state. What is declared is kept in memory by revision; channels and pins asked for at the same time are read together. */
export function committedReads(session: Session, cache: DeclaredCache): Reads {
  const declared: Reads['declared'] = async () => {
    const known = cache.get(await revision(session))
    if (known !== undefined) return known
    const loaded = await loadDeclared(session)
    cache.put(loaded)
    return loaded
  }
  return { ...readsOn(session), channel: channelsTogether(session), pin: pinsTogether(session), declared }
}
