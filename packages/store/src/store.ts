import type {
  App,
  Assignment,
  Body,
  CapabilitiesByHash,
  Cohort,
  CohortChange,
  CommonHalf,
  DeclarationVersion,
  Declared,
  EnrolledAccount,
  Enrollment,
  Instant,
  Membership,
  OwnValues,
  Particulars,
  QueuedCommand,
  ReportedState,
  Stage,
  Standing,
  ToldConditions,
  TraceEntry,
} from '@edict/core'
import type { ClientCapabilities, Json, JsonObject } from '@edict/protocol'

/**
 * Keeps what Edict knows, in SQLite or PostgreSQL. One contract, one conformance suite, one implementation over Kysely;
 * the dialects differ in `dialect/` only.
 *
 * Whatever a {@link Store.transaction} wrote is on disk when its promise resolves. On SQLite, transactions that arrive
 * together run one after another inside one database transaction, each in a savepoint, and share one fsync; a work that
 * throws takes back its own savepoint only. On PostgreSQL each is a transaction of its own; a deadlock or a serialization
 * failure repeats the whole work, up to 5 times, so a work has no effects outside of `tx` before it resolves.
 *
 * Lock order: revision, then enrollments by id. `revision.lock` comes before `enrollments.lock` in every work.
 */
export interface Store {
  readonly dialect: 'sqlite' | 'postgres'
  /** @throws StoreUnavailable when the database fails: the request is answered 503, never with less. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Committed state, outside of any transaction. Point reads; on SQLite a second connection. */
  readonly read: Reads
  /** Reads that look at many rows; on SQLite they run in a reader thread, so that devices do not wait. */
  readonly scan: Scans
  /**
   * Notes the token that `tokens` answered. Rides in the next group commit and may be lost in a crash. A note of an earlier
   * enrollment period than the stored one changes nothing.
   *
   * @param again the row that was read notes this token already, and no newer time is needed: nothing is written, unless a
   * note of another token is on its way
   */
  told(enrollment: string, period: number, token: string, at: Instant, again?: boolean): void
  /** Resolves when every `told` so far is committed. */
  flush(): Promise<void>
  /**
   * Leaves nothing of what was overwritten or deleted in the files of the database. Takes time in proportion to its size, and nobody else
   * may use it meanwhile.
   */
  wipe(): Promise<void>
  /**
   * Calls back after a commit that added events or wakes, by this node or (PostgreSQL, LISTEN) another; of this node's own, with the
   * events. Returns the end of it.
   */
  onCommit(listener: (what: 'events' | 'wakes', own?: readonly Omit<StoredEvent, 'sequence'>[]) => void): () => void
  close(): Promise<void>
}

/** What one device request needs, in one indexed read. */
export interface Channel {
  readonly enrollment: Enrollment
  /** Common token and since of its cohort. */
  readonly common: string
  readonly cohortSince: Instant
}

/** Point reads, each by an indexed key. They mean the same inside and outside of a transaction. */
export interface Reads {
  channel(id: string): Promise<Channel | undefined>
  /** A device and its user channels, by id. */
  channelsOf(device: string): Promise<readonly Channel[]>
  half(common: string): Promise<CommonHalf | undefined>
  values(own: string): Promise<OwnValues | undefined>
  /** The particulars of an enrollment, by their token. */
  particulars(token: string): Promise<Particulars | undefined>
  /** By ServerToken or content hash. */
  body(serverToken: string): Promise<Body | undefined>
  bodies(serverTokens: readonly string[]): Promise<readonly Body[]>
  cohort(id: string): Promise<Cohort | undefined>
  capabilities(hash: string): Promise<ClientCapabilities | undefined>
  /** @param device of a user channel that is not stored yet, the id of its device */
  membership(id: string, device?: string): Promise<Membership>
  properties(id: string): Promise<JsonObject>
  states(id: string): Promise<readonly ReportedState[]>
  /** When a report last listed declarations. */
  statesReportedAt(id: string): Promise<Instant | null>
  items(id: string, names?: readonly string[]): Promise<readonly StoredItem[]>
  /** Newest first. */
  reports(id: string): Promise<readonly StoredReport[]>
  /** Queue of a channel by sequence: what waits, or all that is kept. */
  /** What is known of the apps of a channel, by identifier. */
  apps(id: string): Promise<readonly App[]>
  /** Commands that still wait although their time is over, the oldest first. */
  timedOutCommands(now: Instant, limit: number): Promise<readonly Pick<QueuedCommand, 'enrollment' | 'CommandUUID'>[]>
  commands(id: string, which: 'pending' | 'all'): Promise<readonly QueuedCommand[]>
  command(id: string, CommandUUID: string): Promise<QueuedCommand | undefined>
  /** The one of the present period, or else the last of the past; or that of one period. */
  secret(id: string, name: string, period?: number): Promise<Secret | undefined>
  /** What a channel has escrowed, by name, the newest period first, without the values. */
  secrets(id: string): Promise<readonly Omit<Secret, 'value'>[]>
  /** How many secrets and commands lie under which master key; null: as they came. Looks through an index of them all. */
  sealedCounts(): Promise<readonly { readonly under: string | null; readonly count: number }[]>
  /** Those that stand behind what is not over at `now`: the one that issues first, then those that were retired. */
  authorities(now: Instant): Promise<readonly StoredAuthority[]>
  /** Also those that nothing leads to any more, by id. */
  everyAuthority(): Promise<readonly StoredAuthority[]>
  /** What this server issued, by its fingerprint; what was revoked too. */
  certificate(fingerprint: string): Promise<StoredCertificate | undefined>
  /** What was issued for this, which is used once. */
  certificateAskedWith(askedWith: string): Promise<StoredCertificate | undefined>
  /** How many certificates of an authority are neither over nor revoked. */
  certificatesAlive(authority: string, now: Instant): Promise<number>
  /** By the hash of its secret. */
  challenge(hash: string): Promise<StoredChallenge | undefined>
  /** Whose a certificate is, by its fingerprint (SHA-256, lower-case hexadecimal); those that were revoked too. */
  pin(fingerprint: string): Promise<Pin | undefined>
  /** Every certificate that ever was a device's, oldest first. */
  pinsOf(device: string): Promise<readonly Pin[]>
  /** Those that are pushed by, the one that was imported last first; then what is asked for. */
  pushCertificates(): Promise<readonly PushCertificate[]>
  /** The last that a channel and the server said before an entry, or at all, oldest first. */
  trace(id: string, before: number | null, limit: number): Promise<readonly TraceEntry[]>
  /** What they said after an entry, oldest first. */
  traceAfter(id: string, after: number, limit: number): Promise<readonly TraceEntry[]>
  /** Bodies that are kept of the entries from one to another, by entry. */
  traceBodies(id: string, from: number, to: number): Promise<ReadonlyMap<number, SaidBodies>>
  /** What was told of the conditions of a channel; undefined before anything was. */
  toldConditions(id: string): Promise<ToldConditions | undefined>
  /** What is kept of a channel's diagnosis. */
  diagnosis(id: string): Promise<KeptDiagnosis | undefined>
  /** Channels that are to be looked at again by now, longest due first. */
  dueDiagnoses(now: Instant, limit: number): Promise<readonly string[]>
  /** How far a job that goes round has come. */
  lap(name: string): Promise<Lap | undefined>
  /** Which of these channels have commands that wait. */
  waiting(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** What stands under a name, then what stood there, newest first; or all that has these octets, by name. */
  contents(by: { readonly name: string } | { readonly sha256: string }): Promise<readonly Content[]>
  /** What stands under each name, by name. */
  standingContents(): Promise<readonly Content[]>
  invitation(by: { readonly id: string } | { readonly tokenHash: string }): Promise<Invitation | undefined>
  /** By the hash of its pairing token. */
  pairing(pairingHash: string): Promise<Pairing | undefined>
  account(name: string): Promise<Account | undefined>
  signIn(stateHash: string): Promise<SignIn | undefined>
  /** By the hash of its token. */
  grant(tokenHash: string): Promise<Grant | undefined>
  /** A device that may enroll by itself; by `device`, the one that was last given a profile under that id. */
  expectedDevice(by: { readonly serial: string } | { readonly device: string }): Promise<ExpectedDevice | undefined>
  /** Until when a channel is held in Setup Assistant; undefined when it is not. */
  deadline(id: string): Promise<Instant | undefined>
  /** Channels whose deadline has passed, earliest first. */
  passedDeadlines(now: Instant, limit: number): Promise<readonly string[]>
  /** A device of another server that has not been heard of yet. */
  awaited(by: { readonly device: string } | { readonly certificate: string }): Promise<AwaitedDevice | undefined>
  /** What profiles were made with, from the first one on. */
  profileReach(): Promise<ProfileReach | undefined>
  revision(): Promise<number>
  declared(): Promise<Declared>
  /** Newest first. */
  versions(identifier: string): Promise<readonly StoredVersion[]>
  groupMembers(group: string): Promise<readonly string[]>
  /** Enrollments that have a set by name. */
  enrollmentsWithSet(set: string): Promise<readonly string[]>
  assignments(id: string): Promise<readonly Assignment[]>
  webhook(id: string): Promise<Webhook | undefined>
  /** The one that was made first, first. */
  webhooks(): Promise<readonly Webhook[]>
  /** Of each enrollment the first delivery that waits, where it is due: the one that is due longest first. */
  dueDeliveries(webhook: string, now: Instant, limit: number): Promise<readonly Delivery[]>
}

export interface StoredItem {
  readonly name: string
  readonly value: Json
  readonly at: Instant
}

/** One report as it came. */
export interface StoredReport {
  readonly sequence: number
  readonly at: Instant
  readonly full: boolean
  /** The body, as text; of one that could not be understood too. */
  readonly raw: string
  /** Why it could not be understood, or null. */
  readonly flaw: string | null
}

export interface StoredVersion extends DeclarationVersion {
  readonly at: Instant
  readonly revision: number
}

/** Escrowed material of one period. Kept, not erased, when the period ends. */
export interface Secret {
  readonly name: string
  /** Sealed by who put it; the store knows no key. */
  readonly value: Uint8Array
  /** Identifier of the master key that opens it; null for what a version before sealing wrote, as it came. */
  readonly sealedUnder: string | null
  readonly period: number
  /** Its period is over. */
  readonly past: boolean
  readonly at: Instant
}

/** What was sealed, and under which master key. */
export interface SealedContent {
  readonly value: Uint8Array
  readonly under: string
}

/** One sealed value, and where it lies. */
export type SealedRow = { readonly value: Uint8Array; readonly under: string | null } & (
  | { readonly kind: 'secret'; readonly enrollment: string; readonly name: string; readonly period: number }
  | { readonly kind: 'command'; readonly enrollment: string; readonly CommandUUID: string }
)

/** An authority of this server, and its private key, which the master key opens. */
export interface StoredAuthority {
  readonly id: string
  /** Of each role at most one is not retired. */
  readonly role: 'device-identity'
  /** DER. */
  readonly certificate: Uint8Array
  readonly sealedKey: Uint8Array
  readonly madeAt: Instant
  /** Since when it issues nothing more. */
  readonly retiredAt: Instant | null
}

/** A certificate as this server issued it. */
export interface StoredCertificate {
  /** SHA-256 of the DER, in lower-case hexadecimal. */
  readonly fingerprint: string
  /** Id of the authority. */
  readonly authority: string
  /** In hexadecimal. */
  readonly serial: string
  /** Its common name. */
  readonly subject: string
  /** The one device that it is for; null when any new one may take it. */
  readonly enrollment: string | null
  /** What gave the right to it, such as `challenge:<hash>`: it gives it once. */
  readonly askedWith: string
  readonly transactionId: string
  /** SHA-256 of the certification request, in lower-case hexadecimal. */
  readonly requestHash: string
  readonly der: Uint8Array
  readonly issuedAt: Instant
  readonly notAfter: Instant
  /** Whose account-driven enrollment it is for; absent for every other one. */
  readonly account?: EnrolledAccount
  readonly revoked: Revoked | null
}

export interface Revoked {
  readonly at: Instant
  readonly why: string
}

/** The right to one certificate. Who knows the secret has it; here is only its hash. */
export interface StoredChallenge {
  /** SHA-256 of the secret, in lower-case hexadecimal. */
  readonly hash: string
  readonly madeAt: Instant
  readonly expiresAt: Instant
  /** The one device that the certificate will be for; null when any new one may take it. */
  readonly meant: string | null
  /** Whose account-driven enrollment the certificate will be for; absent for every other one. */
  readonly account?: EnrolledAccount
  /** By the key (SHA-256 of its SubjectPublicKeyInfo, in lower-case hexadecimal) of the first request that showed it. */
  readonly used: { readonly key: string; readonly at: Instant } | null
}

/** A certificate that speaks for a device and its user channels: one is `current`, one that is to follow it may be `next`. */
export interface Pin {
  readonly fingerprint: string
  /** The device's id. */
  readonly enrollment: string
  /** What was revoked stays so, and is never tied to anybody again. */
  readonly state: 'current' | 'next' | 'revoked'
  readonly pinnedAt: Instant
  /** When the certificate ends. */
  readonly notAfter: Instant
  readonly revokedAt: Instant | null
  readonly why: string | null
  /** Whose account-driven enrollment it speaks for; absent for every other one. */
  readonly account?: EnrolledAccount
}

/** Somebody who signs in here with a password. */
export interface Account {
  /** In lower case. */
  readonly name: string
  readonly managedAppleAccount: string
  /** What a password is checked by; the store does not look into it. */
  readonly password: string
  readonly madeAt: Instant
  readonly passwordAt: Instant
}

/** A sign-in that is under way. Who has the state goes on with it. */
export interface SignIn {
  /** SHA-256 in lower-case hexadecimal, as of every hash here. */
  readonly stateHash: string
  /** What it is for; the store does not look into it. */
  readonly purpose: unknown
  /** Who is expected to sign in, as it was said; anybody may have said it. */
  readonly identifier: string
  /** Of what the browser keeps; null where no browser keeps anything. */
  readonly browserHash: string | null
  /** Of PKCE. */
  readonly verifier: string
  readonly nonce: string
  readonly expiresAt: Instant
}

/** What one access token is good for: once for a profile, soon; and for the messages of one enrollment until it is revoked. */
export interface Grant {
  readonly tokenHash: string
  readonly account: EnrolledAccount
  readonly madeAt: Instant
  readonly profileUntil: Instant
  readonly profileUsedAt: Instant | null
  /** The device that it is bound to; null until one has shown it. */
  readonly enrollment: string | null
  readonly boundAt: Instant | null
  readonly revokedAt: Instant | null
  readonly why: string | null
}

/** A Watch on its way to an enrollment through its iPhone. */
export interface Pairing {
  /** SHA-256 of the security token that the Watch was told, in lower-case hexadecimal. */
  readonly securityHash: string
  /** UDID. */
  readonly watch: string
  /** Id of the enrollment that got the pairing token for it; null before. */
  readonly phone: string | null
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly usedAt: Instant | null
}

/** What this server pushes by, or what it asks for: until it is imported, topic and certificate are null. */
export interface PushCertificate {
  readonly id: string
  readonly topic: string | null
  /** DER. */
  readonly certificate: Uint8Array | null
  /** The certificates above it, in PEM; may be empty. */
  readonly chain: string
  /** PKCS#10 in DER; null where the key was made elsewhere. */
  readonly request: Uint8Array | null
  readonly madeAt: Instant
  readonly importedAt: Instant | null
}

/** How far a job that goes round all channels has come. */
export interface Lap {
  readonly name: string
  /** The id of the last channel that it came to; empty at the start. */
  readonly position: string
  readonly beganAt: Instant
  /** When it goes on. */
  readonly due: Instant
}

/** Something that was said, before it has its place in the trace. */
export type Traced = Placeless<TraceEntry> & { readonly enrollment: string; readonly bodies?: SaidBodies }

/** What went over the wire, without what is secret. */
export interface SaidBodies {
  readonly request?: string
  readonly answer?: string
}

/** How much is kept of a channel. */
export interface KeptTrace {
  readonly entries: number
  /** Of what somebody said who only claimed to be it: they push nothing else out. */
  readonly claims: number
  /** As many of the entries have their bodies. */
  readonly bodies: number
}

type Placeless<E> = E extends TraceEntry ? Omit<E, 'entry'> : never

/** Octets that devices download, under a name; they are in a file by their hash. */
export interface Content {
  readonly name: string
  /** In lower-case hexadecimal. */
  readonly sha256: string
  /** Octets. */
  readonly size: number
  /** Media type. */
  readonly type: string
  readonly addedAt: Instant
  /** When other octets took the name; null while it has these. */
  readonly replacedAt: Instant | null
}

/** What is kept of a channel's diagnosis. */
export interface KeptDiagnosis extends Standing {
  readonly enrollment: string
  /** The token of what the channel should have, by which it was judged; null before the first look, as `lookedAt`. */
  readonly wanted: string | null
  /** The last entry of its trace that it was judged by; 0 when there was none. */
  readonly entry: number
  readonly lookedAt: Instant | null
  /** When it is looked at again; while somebody does, when the next may. */
  readonly due: Instant
}

/** How many channels have one diagnosis. */
export interface DiagnosisCount {
  /** Of a cause; `healthy` or `unexplained` where there is none. */
  readonly code: string
  readonly channels: number
  /** Since when the first of them has had it. */
  readonly oldest: Instant
}

/** A diagnosis that counts. */
export interface CountedDiagnosis {
  readonly enrollment: string
  readonly code: string
  readonly stage: Stage
  readonly since: Instant
  /** When somebody looked last. */
  readonly lookedAt: Instant
}

/** A channel, and what counts as its diagnosis. */
export interface ChannelDiagnosis {
  readonly enrollment: string
  readonly lastSeenAt: Instant | null
  /** Null until something counts, as `lookedAt` and `due` before anybody was to look. */
  readonly counts: Standing['counts']
  readonly lookedAt: Instant | null
  readonly due: Instant | null
  /** Since the last look nothing was said and nothing else is wanted, and what it found counts. */
  readonly fresh: boolean
}

/** A link by which devices enroll. */
export interface Invitation {
  readonly id: string
  /** SHA-256 of the token in the link, in lower-case hexadecimal. */
  readonly tokenHash: string
  readonly mode: 'profile'
  readonly note: string
  /** The device that it is for; null when any new one may take it. */
  readonly meant: string | null
  /** How many may enroll by it. */
  readonly devices: number
  readonly used: number
  readonly madeAt: Instant
  readonly expiresAt: Instant
  /** The last time. */
  readonly usedAt: Instant | null
  readonly revokedAt: Instant | null
}

/** A device that was imported and has not proved yet who it is. */
export interface AwaitedDevice {
  readonly device: string
  /** Fingerprint of the certificate that it will be believed by; null when the first that is good enough will do. */
  readonly certificate: string | null
  readonly serial: string | null
  readonly at: Instant
}

/** What stands in profiles and cannot change in those that are installed. */
export interface ProfileReach {
  /** Public base URL. */
  readonly url: string
  readonly topic: string
  readonly at: Instant
}

/** A device that may enroll by itself. */
export interface ExpectedDevice {
  readonly serial: string
  /** It is to wait in Setup Assistant until it is configured. */
  readonly awaits: boolean
  /** It is to be a Shared iPad. */
  readonly shared: boolean
  readonly note: string
  readonly expectedAt: Instant
  /** UDID of the device that asked with this serial number last; null before. */
  readonly device: string | null
  /** When a profile was last given to it; null before. */
  readonly givenAt: Instant | null
}

/** Where events are delivered. */
export interface Webhook {
  readonly id: string
  readonly url: string
  /** Names of types of events; null for all. */
  readonly types: readonly string[] | null
  readonly note: string
  /** `gone`: the receiver said that it wants nothing more. */
  readonly state: 'on' | 'paused' | 'gone'
  readonly madeAt: Instant
  /** Sequence of the last event that was looked at for it. */
  readonly position: number
  /** Until when the secret before this one signs too. */
  readonly previousUntil: Instant | null
  /** How many deliveries made room for others. */
  readonly crowdedOut: number
  /** Since when nothing was taken, though it was tried. */
  readonly failingSince: Instant | null
  readonly deliveredAt: Instant | null
}

/** One event on its way to a webhook, or what became of it. */
export interface Delivery {
  readonly sequence: number
  /** What the receiver knows it by, at every attempt. */
  readonly id: string
  readonly webhook: string
  /** Sequence of the event. */
  readonly event: number
  /** Whom the event is about. Of one enrollment, and of what is about none, a webhook is told in order. */
  readonly enrollment: string | null
  readonly type: string
  readonly at: Instant
  readonly data: JsonObject
  readonly queuedAt: Instant
  /** How often it was tried. */
  readonly attempts: number
  /** When it is tried; null while it waits for one before it, or waits no more. */
  readonly due: Instant | null
  /** Null while it waits. `crowded-out`: it made room for others. */
  readonly outcome: DeliveryOutcome | null
  readonly endedAt: Instant | null
  /** The last attempts, the oldest first. */
  readonly log: readonly DeliveryAttempt[]
}

export type DeliveryOutcome = 'delivered' | 'given-up' | 'crowded-out'

/** What one attempt led to. */
export interface DeliveryAttempt {
  readonly at: Instant
  /** Milliseconds. */
  readonly duration: number
  /** Of the answer; null when there was none. */
  readonly status: number | null
  /** Why there was no answer, in a word; null when there was one. */
  readonly failure: string | null
  /** Its beginning. */
  readonly answer: string
}

/** What is written of a delivery after an attempt. */
export type Attempted = Pick<Delivery, 'sequence' | 'enrollment' | 'attempts' | 'due' | 'outcome' | 'endedAt' | 'log'>

export interface DeliveryFilter {
  /** `waiting`: there is no outcome yet. */
  readonly state?: DeliveryOutcome | 'waiting'
  readonly enrollment?: string
}

/** Reads and writes of one unit of work. */
export interface Transaction extends Reads {
  /** Locks the declarations revision, for a change (`update`) or for joining a cohort (`share`), and returns it. */
  lockRevision(mode: 'update' | 'share'): Promise<number>
  /** Locks enrollments by id, in order, and returns those that exist. */
  lock(ids: readonly string[]): Promise<readonly Channel[]>

  /** Everything declared at the locked revision; kept in memory per revision. */
  declared(): Promise<Declared>
  /** Writes the difference between two states of what is declared: versions, sets, groups, settings, the revision. */
  saveDeclared(before: Declared, after: Declared, at: Instant): Promise<void>
  cohorts(): Promise<readonly Cohort[]>
  capabilitiesByHash(hashes: readonly string[]): Promise<CapabilitiesByHash>
  putCapabilities(hash: string, capabilities: ClientCapabilities): Promise<void>
  /** Writes cohorts with their halves and bodies. `create` keeps an existing row as it is; `change` replaces it. */
  saveCohorts(changes: readonly CohortChange[], how: 'create' | 'change'): Promise<void>
  putValues(values: ReadonlyMap<string, OwnValues | Particulars>): Promise<void>
  /** Of enrollments in a cohort that have one of these keys as an own property, the first by id for each key. */
  holders(cohort: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Every key that some enrollment has as an own property. Its cost grows with keys, not with enrollments. */
  propertyKeys(): Promise<ReadonlySet<string>>

  /** Their cohorts have been saved before. */
  saveEnrollments(enrollments: readonly Enrollment[]): Promise<void>
  /** Ids of these enrollments and of the user channels of those that are devices, by id. */
  withUsers(ids: readonly string[]): Promise<readonly string[]>
  /** Ids that exist, of the ids given. */
  existing(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** `devices` names the devices of user channels that are not stored yet. */
  memberships(ids: readonly string[], devices?: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Membership>>
  propertiesOf(ids: readonly string[]): Promise<ReadonlyMap<string, JsonObject>>
  putProperties(id: string, properties: JsonObject): Promise<void>
  putGroupMembers(group: string, members: readonly string[]): Promise<void>
  deleteGroup(group: string): Promise<void>
  putAssignment(id: string, assignment: Assignment): Promise<void>
  /** Whether there was one. */
  deleteAssignment(id: string, set: string, channel: Assignment['channel']): Promise<boolean>

  /** Replaces what is known of a channel's declarations. */
  saveStates(id: string, states: readonly ReportedState[], at: Instant): Promise<void>
  /** Puts and deletes items of the merged status. */
  saveItems(id: string, put: readonly StoredItem[], gone: readonly string[]): Promise<void>
  /** Adds a report, drops the oldest beyond `keep`, and returns its sequence. */
  addReport(id: string, report: Omit<StoredReport, 'sequence'>, keep: number): Promise<number>
  /** Forgets status, reports, states and pending commands of channels: a new enrollment period. Secrets become those of the past. */
  forget(ids: readonly string[]): Promise<void>

  /** @param sealed the command with its secrets, of which `command` has none */
  addCommand(command: Omit<QueuedCommand, 'sequence'>, sealed?: SealedContent): Promise<QueuedCommand>
  /** What was added sealed with a command; undefined where nothing was. */
  sealedCommand(id: string, CommandUUID: string): Promise<Uint8Array | undefined>
  saveCommand(command: QueuedCommand): Promise<void>
  /** Deletes what was queued before and does not wait any more. */
  dropCommands(before: Instant): Promise<number>
  saveApps(id: string, apps: readonly App[]): Promise<void>
  putSecret(id: string, secret: Omit<Secret, 'past'>): Promise<void>
  /** Deletes it unless it is of the past. */
  deleteSecret(id: string, name: string): Promise<void>
  /** What is sealed under a master key, by its identifier; null: what lies as it came. At most `limit`. */
  sealedRows(under: string | null, limit: number): Promise<readonly SealedRow[]>
  /** Puts the same, sealed under another key, in the place of a row; a row that was written meanwhile stays as it is. */
  sealAnew(row: SealedRow, value: Uint8Array, under: string): Promise<void>

  addAuthority(authority: StoredAuthority): Promise<void>
  retireAuthority(id: string, at: Instant): Promise<void>
  /** Puts the same key, sealed anew, in the place of the one that was read. */
  sealAuthorityAnew(authority: StoredAuthority, sealedKey: Uint8Array): Promise<void>
  /** Whether it was added: not when something was issued already for what it was asked with. */
  addCertificate(certificate: StoredCertificate): Promise<boolean>
  /**
   * Revokes what was issued for a device, and takes back the challenges meant for it that nobody used. Gives the number of
   * certificates; those that were revoked before keep their reason.
   */
  revokeCertificates(enrollment: string, how: Revoked): Promise<number>
  addChallenge(challenge: Omit<StoredChallenge, 'used'>): Promise<void>
  /** Uses a challenge: whether it was unused. Of several works that try at once, on any node, one has it. */
  takeChallenge(hash: string, use: { readonly key: string; readonly at: Instant }): Promise<boolean>
  /** Drops challenges that expired before a moment, used or not; gives how many. */
  forgetChallenges(before: Instant): Promise<number>

  /**
   * Ties a certificate to a device, unless it is somebody's already or the device has one in this state: whether it did. Of
   * several works that try at once, on any node, one does.
   */
  addPin(pin: Pin): Promise<boolean>
  /** Makes the one to come the present one, whose place must be free: whether it was there. */
  promotePin(fingerprint: string): Promise<boolean>
  /** Revokes them; those that were revoked before keep their reason. */
  revokePins(fingerprints: readonly string[], how: { readonly at: Instant; readonly why: string }): Promise<void>

  /** Those of these certificates that are or were somebody's. */
  pinsAmong(fingerprints: readonly string[]): Promise<ReadonlyMap<string, Pin>>

  /**
   * Awaits devices of another server; what was said of them before is replaced. Gives the ids of those that were added: not of one
   * whose certificate another one is awaited with.
   */
  addAwaited(devices: readonly AwaitedDevice[]): Promise<ReadonlySet<string>>
  /** Ids of awaited devices whose id or serial number is one of these. */
  awaitedAmong(names: readonly string[]): Promise<readonly string[]>
  /** Awaits them no more: how many were awaited. */
  endAwaited(devices: readonly string[]): Promise<number>
  /** Keeps what profiles are made with, unless something is kept. */
  keepProfileReach(reach: ProfileReach): Promise<void>
  replaceProfileReach(reach: ProfileReach): Promise<void>

  /** Whether it was added: not when the name is taken. */
  addAccount(account: Account): Promise<boolean>
  /** Whether there is such an account. */
  setPassword(name: string, password: string, at: Instant): Promise<boolean>
  removeAccount(name: string): Promise<boolean>
  addSignIn(signIn: SignIn): Promise<void>
  /** Ends a sign-in: whether it was under way. Of several works that try at once, on any node, one ends it. */
  endSignIn(stateHash: string): Promise<boolean>
  forgetSignIns(before: Instant): Promise<number>
  addGrant(grant: Grant): Promise<void>
  /** Uses the right to a profile: whether it was unused, not over and not revoked. Of several works at once one has it. */
  useProfileGrant(tokenHash: string, now: Instant): Promise<boolean>
  /** Binds a grant to a device: whether it was bound to none, and not revoked. */
  bindGrant(tokenHash: string, enrollment: string, at: Instant): Promise<boolean>
  /** Revokes those of an account, or those bound to a device but for one; those that were revoked before keep their reason. */
  revokeGrants(
    whose: { readonly name: string } | { readonly enrollment: string; readonly but?: string },
    how: Revoked,
  ): Promise<number>
  /** Drops what was made before a moment and is bound to nobody, and what was revoked before it; gives how many. */
  forgetGrants(before: Instant): Promise<number>

  /** Of one Watch one waits for its iPhone: a new one takes the place of it. */
  addPairing(pairing: Omit<Pairing, 'phone' | 'usedAt'>): Promise<void>
  /**
   * Gives a pairing to an iPhone, with the hash of the token that it gets: whether it was free, not over, and of that Watch. Of
   * several works that try at once, on any node, one does.
   */
  answerPairing(
    securityHash: string,
    how: { readonly watch: string; readonly phone: string; readonly pairingHash: string; readonly now: Instant },
  ): Promise<boolean>
  /** Uses a pairing by its token: whether that Watch had not yet, and it is not over. Of several works that try at once one does. */
  takePairing(pairingHash: string, how: { readonly watch: string; readonly now: Instant }): Promise<boolean>
  /** Drops pairings that were over before a moment; gives how many. */
  forgetPairings(before: Instant): Promise<number>

  addTrace(entries: readonly Traced[]): Promise<void>
  /** Leaves the last so many entries of a channel. */
  shortenTrace(id: string, keep: KeptTrace): Promise<void>
  /** Drops what was said before a moment; gives how much. */
  forgetTrace(before: Instant): Promise<number>

  /** Has channels looked at again at `due`; an earlier time stays, and two looks at one are a minute apart at least. */
  lookAgain(ids: readonly string[], due: Instant): Promise<void>
  /** Takes those of these channels that are still due, for the length of a lease: `due` is its end in what is given. */
  takeDiagnoses(ids: readonly string[], now: Instant, leaseUntil: Instant): Promise<readonly KeptDiagnosis[]>
  /** Locks what is kept of these channels, in order, and gives it. */
  lockDiagnoses(ids: readonly string[]): Promise<readonly KeptDiagnosis[]>
  saveDiagnoses(kept: readonly KeptDiagnosis[]): Promise<void>
  dropDiagnoses(ids: readonly string[]): Promise<void>
  saveToldConditions(id: string, told: ToldConditions): Promise<void>
  dropToldConditions(ids: readonly string[]): Promise<void>

  /** Puts octets under a name; those that stood there are kept as replaced. */
  putContent(content: Omit<Content, 'replacedAt'>): Promise<void>
  /** Forgets a name, and what stood there before. */
  deleteContent(name: string): Promise<void>

  addInvitation(invitation: Invitation): Promise<void>
  /** Takes one of an invitation's places: whether there was one left, and it is neither over nor revoked. */
  takeInvitation(tokenHash: string, now: Instant): Promise<boolean>
  /** What was revoked before keeps its moment. */
  revokeInvitation(id: string, at: Instant): Promise<void>
  /** Drops invitations that were over before a moment; gives how many. */
  forgetInvitations(before: Instant): Promise<number>

  /** Expects devices, thousands at once. Of one that is expected already only the wish changes. */
  putExpected(devices: readonly Omit<ExpectedDevice, 'device' | 'givenAt'>[]): Promise<void>
  /** Gives how many there were. */
  forgetExpected(serials: readonly string[]): Promise<number>
  /** Notes that a device was given a profile: whether it is expected. */
  noteGiven(serial: string, device: string, at: Instant): Promise<boolean>
  /** Holds a channel until a moment, unless one was said before. It ends with `forget`. */
  addDeadline(id: string, due: Instant): Promise<void>
  endDeadlines(ids: readonly string[]): Promise<void>

  /** Wakes are due at `due`; a wake of the same cohort or channel that has not begun is merged with it. */
  wakeCohorts(cohorts: readonly string[], due: Instant): Promise<void>
  /** `always`: push whether or not the channel is behind by then; in a merged wake it stays. */
  wakeChannels(ids: readonly string[], due: Instant, whom?: 'behind' | 'always'): Promise<void>
  /** The same, for channels alone that are not seen from `since` on. A wake that is for all takes it in. */
  wakeUnseen(ids: readonly string[], due: Instant, since: Instant, whom: 'behind' | 'always'): Promise<void>
  addAudit(entry: Omit<AuditEntry, 'sequence'>): Promise<void>
  /** They are written at the end of the work, so the work does not see them. */
  addEvents(events: readonly Omit<StoredEvent, 'sequence'>[]): Promise<void>

  /** Takes a wake that is due for this node, for the length of a lease; null when there is none. */
  takeWake(now: Instant, leaseUntil: Instant): Promise<Wake | null>
  /** Notes how far a cohort's wake has come and prolongs its lease. */
  advanceWake(wake: Wake, cursor: string, leaseUntil: Instant): Promise<void>
  /** Ends a wake's lease before its time and keeps its cursor, for the next node; does nothing where another has it by now. */
  giveBackWake(wake: Wake): Promise<void>
  finishWake(wake: Wake): Promise<void>
  /** Adds a push certificate, or replaces the one with its id; another of its topic is deleted. */
  putPushCertificate(certificate: PushCertificate): Promise<void>
  deletePushCertificate(id: string): Promise<void>
  addWebhook(webhook: Webhook): Promise<void>
  /** Whoever changes a webhook, or what waits for it, locks it first. Undefined where there is none. */
  lockWebhook(id: string): Promise<Webhook | undefined>
  /** It is locked. */
  saveWebhook(webhook: Webhook): Promise<void>
  /** With everything that waits for it, and its log. It is locked. */
  removeWebhook(id: string): Promise<void>
  /** Takes a webhook for a node, or keeps it for longer: whether no other node has it. */
  holdWebhook(id: string, holder: string, now: Instant, until: Instant): Promise<boolean>
  /** Ends that before its time, for the next node. */
  letGoWebhook(id: string, holder: string): Promise<void>
  /** Adds deliveries, in order; of each enrollment the first that waits is due. The webhook is locked. */
  queueDeliveries(
    webhook: string,
    deliveries: readonly Pick<Delivery, 'id' | 'event' | 'enrollment' | 'type' | 'at' | 'data'>[],
    now: Instant,
  ): Promise<void>
  /** Writes what attempts led to; where one has its outcome, the next of its enrollment is due. The webhook is locked. */
  saveAttempts(webhook: string, attempted: readonly Attempted[], now: Instant): Promise<void>
  /** What was to be tried later is due now. */
  hastenDeliveries(webhook: string, now: Instant): Promise<void>
  /**
   * When more than `most` wait, ends the oldest as crowded out, until a tenth less than that waits: how many. The webhook is locked.
   */
  crowdOutDeliveries(webhook: string, most: number, now: Instant): Promise<number>
  /**
   * Queues again what has its outcome, by id, or all that was given up or crowded out: how many. It comes before what waits of its
   * enrollment. The webhook is locked.
   */
  queueDeliveriesAgain(webhook: string, ids: readonly string[] | null, now: Instant): Promise<number>
  /** Forgets what ended before a moment, and the oldest beyond `keep`; gives how many. */
  forgetDeliveries(webhook: string, before: Instant, keep: number): Promise<number>
  /** Whether the lap was still where it was read to be; undefined: had never begun. */
  goOnLap(from: Lap | undefined, to: Lap): Promise<boolean>
  /** A page of a cohort's enrolled channels after `cursor` by id, with push data. */
  cohortPage(cohort: string, cursor: string, limit: number): Promise<readonly Channel[]>
  /**
   * Deletes halves, values, bodies, capabilities and cohorts that nothing refers to; returns how many rows. A row goes when
   * collections at least 10 minutes apart found it so: one collection marks, a later one deletes.
   */
  collectGarbage(): Promise<number>
}

export interface AuditEntry {
  readonly sequence: number
  readonly at: Instant
  readonly actor: string
  /** What was done, as method and path. */
  readonly action: string
  readonly target: string
  readonly revision: number
  readonly detail: JsonObject
}

export interface StoredEvent {
  readonly sequence: number
  readonly at: Instant
  readonly type: string
  readonly data: JsonObject
}

/** A pending wake of a cohort (paged by `cursor`) or of one channel. */
export interface Wake {
  readonly id: number
  readonly cohort: string | null
  readonly channel: string | null
  /** Of a channel: push whether or not it is behind. */
  readonly always: boolean
  /** Of a channel: push it only if it was not seen after this. */
  readonly unseenSince: Instant | null
  /** The id of the last channel pushed; empty at the start. */
  readonly cursor: string
  readonly due: Instant
  /** Until when whoever took it has it. */
  readonly leasedUntil: Instant
}

/** A wake as it is listed. */
export interface PendingWake extends Pick<Wake, 'id' | 'cohort' | 'channel' | 'due'> {
  /** Of a cohort: its channels that have not left. */
  readonly channels: number
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Pass it to get the next page; null at the end. */
  readonly next: string | null
}

export interface EnrollmentFilter {
  readonly group?: string
  readonly set?: string
  readonly platform?: string
  readonly state?: Enrollment['state']
  /** Wanted differs from collected. */
  readonly behind?: boolean
  /** Part of id, serial number, device or user name, without case. */
  readonly q?: string
}

/** A status item of one channel of the fleet. */
export interface FleetItem extends StoredItem {
  readonly enrollment: string
  readonly channel: Enrollment['channel']
  readonly device: string
  readonly lastSeenAt: Instant | null
}

/** A channel with what it reported of its declarations and how it proves who it is, for who looks over all of them. */
export interface SeenChannel extends Channel {
  /** The revision that last changed its cohort. */
  readonly cohortRevision: number
  /** Null until a report has listed declarations. */
  readonly reported: { readonly states: readonly ReportedState[]; readonly at: Instant } | null
  /** When its present certificate ends; null where none is pinned. */
  readonly identityEnds: Instant | null
  /** What is kept of its diagnosis. */
  readonly diagnosis: ChannelDiagnosis
}

/** How many channels of a cohort answer alike, for the answers that need a cohort's subscriptions to tell. */
export interface AnswerGroup {
  readonly cohort: string
  /** Token of a manifest that they collected; those of all have its common half, which says what they subscribe to. */
  readonly collected: string | null
  readonly hasValue: boolean
  readonly stale: boolean
  /** A full report came after the present subscriptions were collected. */
  readonly fullSince: boolean
  /** Any full report came. */
  readonly full: boolean
  readonly count: number
}

/** Heavy administrative reads. */
export interface Scans {
  enrollments(filter: EnrollmentFilter, cursor: string | null, limit: number): Promise<Page<Channel>>
  /** Channels with a value of an item, by id; `value` is canonical JSON text to match. */
  itemValues(
    name: string,
    filter: { readonly value?: string },
    cursor: string | null,
    limit: number,
  ): Promise<Page<FleetItem>>
  /** The most frequent values of an item. */
  itemCounts(name: string, limit: number): Promise<readonly { readonly value: Json; readonly count: number }[]>
  /** Of channels that have not left, as for items; `stale` is said of values only. */
  answerGroups(name: string, staleBefore: Instant): Promise<readonly AnswerGroup[]>
  /** Enrollments without a value of an item, by id. */
  withoutItem(name: string, cursor: string | null, limit: number): Promise<Page<Channel>>
  /** Newest first. */
  audit(cursor: string | null, limit: number): Promise<Page<AuditEntry>>
  /** By name. */
  accounts(cursor: string | null, limit: number): Promise<Page<Account>>
  /** Newest first. */
  invitations(cursor: string | null, limit: number): Promise<Page<Invitation>>
  /** By serial number. */
  expectedDevices(cursor: string | null, limit: number): Promise<Page<ExpectedDevice>>
  /** Events after a sequence number, oldest first; none is committed later that belongs between them. */
  events(after: number, limit: number): Promise<readonly StoredEvent[]>
  lastEvent(): Promise<number>
  /** Newest first. */
  deliveries(webhook: string, filter: DeliveryFilter, cursor: string | null, limit: number): Promise<Page<Delivery>>
  /** How many wait, by webhook; of one for which none does there is no word. */
  waitingDeliveries(): Promise<readonly { readonly webhook: string; readonly count: number }[]>
  groups(): Promise<readonly { readonly name: string; readonly members: number }[]>
  /** Counts for metrics. */
  counts(): Promise<Counts>
  /** How many channels that have not left have which diagnosis, most channels first. */
  diagnosisCounts(): Promise<readonly DiagnosisCount[]>
  /** Channels that have not left with one diagnosis, those that have had it longest first. */
  diagnosed(code: string, cursor: string | null, limit: number): Promise<Page<CountedDiagnosis>>
  /** Channels that have not left, by id, with what counts as their diagnosis. */
  channelDiagnoses(cursor: string | null, limit: number): Promise<Page<ChannelDiagnosis>>
  /** Everything a sweep compares: channels by id with what they should hold. */
  channels(cursor: string | null, limit: number): Promise<Page<Channel>>
  /** The same with what they reported, also of those that left. */
  seenChannels(cursor: string | null, limit: number): Promise<Page<SeenChannel>>
  /** Wakes that will be pushed, by id: not those that are for channels alone that are not seen until then. */
  wakes(cursor: string | null, limit: number): Promise<Page<PendingWake>>
  /** Devices that may enroll by themselves and have not been given a profile. */
  notYetEnrolled(): Promise<number>
  /** The entries of revisions, by revision. */
  auditOf(revisions: readonly number[]): Promise<readonly AuditEntry[]>
}

export interface Counts {
  readonly enrollments: Readonly<Record<Enrollment['state'], number>>
  readonly behind: number
  readonly pendingCommands: number
  readonly pendingWakes: number
}

/** The database did not do its work: try again. */
export class StoreUnavailable extends Error {
  readonly code = 'store-unavailable'
  constructor(cause: unknown) {
    super(`Cannot reach the database: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
