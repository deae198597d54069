import type { Generated } from 'kysely'

/**
 * Every table and column, once. Instants are milliseconds since the epoch; `flag` is 0 or 1; `json` is text; what is
 * content-addressed is never changed. `orphaned_at` says since when a collection has seen nobody refer to a row.
 */
export interface Tables {
  readonly enrollments: EnrollmentsTable
  readonly cohorts: CohortsTable
  readonly halves: HalvesTable
  readonly own_values: OwnValuesTable
  readonly bodies: BodiesTable
  readonly capabilities: CapabilitiesTable
  readonly declared: DeclaredTable
  readonly declarations: DeclarationsTable
  readonly versions: VersionsTable
  readonly sets: SetsTable
  readonly groups: GroupsTable
  readonly group_members: GroupMembersTable
  readonly assignments: AssignmentsTable
  readonly properties: PropertiesTable
  readonly property_keys: PropertyKeysTable
  readonly status_items: StatusItemsTable
  readonly states: StatesTable
  readonly reports: ReportsTable
  readonly apps: AppsTable
  readonly commands: CommandsTable
  readonly secrets: SecretsTable
  readonly authorities: AuthoritiesTable
  readonly certificates: CertificatesTable
  readonly challenges: ChallengesTable
  readonly pins: PinsTable
  readonly invitations: InvitationsTable
  readonly accounts: AccountsTable
  readonly sign_ins: SignInsTable
  readonly grants: GrantsTable
  readonly expected: ExpectedTable
  readonly deadlines: DeadlinesTable
  readonly pairings: PairingsTable
  readonly imports: ImportsTable
  readonly reach: ReachTable
  readonly push_certificates: PushCertificatesTable
  readonly laps: LapsTable
  readonly wakes: WakesTable
  readonly audit: AuditTable
  readonly events: EventsTable
  readonly trace: TraceTable
  readonly contents: ContentsTable
  readonly diagnoses: DiagnosesTable
  readonly webhooks: WebhooksTable
  readonly deliveries: DeliveriesTable
  readonly told_conditions: ToldConditionsTable
}

export type Instant = number
export type Flag = number
export type JsonText = string

/**
 * One row per channel. A statement changes `told` and `told_at` alone; everything else is written together, for what can be
 * found by a column stands in `content` too.
 */
export interface EnrollmentsTable {
  readonly id: string
  readonly device: string
  readonly channel: string
  readonly state: string
  readonly period: number
  readonly platform: string | null
  /** Id, serial number, device and user name in lower case, one a line. */
  readonly search: string
  readonly cohort: string
  readonly own: string
  readonly particulars: string
  readonly capabilities: string | null
  readonly enabled: Flag
  readonly told: string | null
  readonly told_at: Instant | null
  readonly collected: string | null
  readonly collected_at: Instant | null
  readonly shown: JsonText
  readonly last_seen_at: Instant | null
  readonly last_full_report_at: Instant | null
  readonly subscribed_at: Instant | null
  /** The enrollment, less id, cohort, own token, that of particulars, told, collected and shown. */
  readonly content: JsonText
}

export interface CohortsTable {
  readonly id: string
  readonly key: JsonText
  readonly common: string
  readonly since: Instant
  readonly revision: number
  readonly left_out: JsonText
  readonly orphaned_at: Instant | null
}

export interface HalvesTable {
  readonly token: string
  readonly items: JsonText
  readonly orphaned_at: Instant | null
}

export interface OwnValuesTable {
  readonly token: string
  readonly content: JsonText
  readonly orphaned_at: Instant | null
}

export interface BodiesTable {
  readonly token: string
  readonly kind: string
  readonly identifier: string
  readonly type: string
  readonly payload: JsonText
  readonly reapply: number
  readonly orphaned_at: Instant | null
}

export interface CapabilitiesTable {
  readonly hash: string
  readonly content: JsonText
  readonly orphaned_at: Instant | null
}

/** One row: the revision that every change of what is wanted locks. */
export interface DeclaredTable {
  readonly id: number
  readonly revision: number
  readonly settings: JsonText
}

/** The version that stands, of each declaration that exists. */
export interface DeclarationsTable {
  readonly identifier: string
  /** The revision that made the version. */
  readonly revision: number
}

/** Every version there ever was; a declaration that was deleted and made again counts its versions from 1 again. */
export interface VersionsTable {
  readonly identifier: string
  readonly revision: number
  readonly version: number
  readonly kind: string
  readonly type: string
  readonly payload: JsonText
  readonly reapply: number
  readonly content_hash: string
  readonly at: Instant
}

export interface SetsTable {
  readonly name: string
  readonly members: JsonText
}

export interface GroupsTable {
  readonly name: string
  readonly assignments: JsonText
}

export interface GroupMembersTable {
  readonly group_name: string
  readonly enrollment: string
}

export interface AssignmentsTable {
  readonly enrollment: string
  readonly set_name: string
  readonly channel: string
  readonly exclude: Flag
}

export interface PropertiesTable {
  readonly enrollment: string
  readonly content: JsonText
}

export interface PropertyKeysTable {
  readonly enrollment: string
  readonly key: string
}

export interface StatusItemsTable {
  readonly enrollment: string
  /** The name, or of a very long one a hash: see `name-key.ts`. */
  readonly name: string
  readonly long_name: string | null
  readonly value: JsonText
  /** The value's canonical text, or of a long one a hash: see `name-key.ts`. */
  readonly value_key: string
  readonly at: Instant
}

export interface StatesTable {
  readonly enrollment: string
  readonly content: JsonText
  readonly at: Instant
}

export interface ReportsTable {
  readonly sequence: Generated<number>
  readonly enrollment: string
  readonly at: Instant
  readonly full_report: Flag
  readonly raw: string
  readonly flaw: string | null
}

/** What is known of the apps of each channel, as JSON. */
export interface AppsTable {
  readonly enrollment: string
  readonly content: JsonText
}

export interface CommandsTable {
  readonly sequence: Generated<number>
  readonly enrollment: string
  readonly uuid: string
  readonly command: JsonText
  readonly state: string
  readonly queued_at: Instant
  readonly sent_at: Instant | null
  readonly answered_at: Instant | null
  readonly result: JsonText | null
  readonly expires_at: Instant | null
  readonly sent_once: Flag | null
  readonly inventory: Flag | null
  /** The command whole, where `command` shows it without its secrets. */
  readonly sealed: Uint8Array | null
  readonly sealed_under: string | null
}

export interface SecretsTable {
  readonly enrollment: string
  readonly name: string
  readonly period: number
  readonly value: Uint8Array
  /** Of a period that is over. */
  readonly sealed: Flag
  readonly at: Instant
  /** Identifier of the master key; null when the value lies as it came. */
  readonly sealed_under: string | null
}

/** Which certificates speak for a device and its user channels. Of one device one is `current` and at most one `next`. */
export interface PinsTable {
  /** SHA-256 of the certificate in lower-case hexadecimal. */
  readonly fingerprint: string
  /** The device's id. */
  readonly enrollment: string
  readonly state: string
  readonly pinned_at: Instant
  readonly not_after: Instant
  readonly revoked_at: Instant | null
  readonly why: string | null
  /** Whose account-driven enrollment it is for. */
  readonly account: JsonText | null
}

/** Links by which devices enroll: as many as `devices`, of which `used` have. */
export interface ContentsTable {
  readonly name: string
  /** Of the octets, in lower-case hexadecimal. */
  readonly sha256: string
  readonly size: number
  /** Media type. */
  readonly type: string
  readonly added_at: Instant
  /** When other octets took the name; null while it has these. */
  readonly replaced_at: Instant | null
}

export interface InvitationsTable {
  readonly sequence: Generated<number>
  readonly id: string
  /** SHA-256 of the token in the link, in lower-case hexadecimal. */
  readonly token_hash: string
  readonly mode: string
  readonly note: string
  /** The device that it is for. */
  readonly meant: string | null
  readonly devices: number
  readonly used: number
  readonly made_at: Instant
  readonly expires_at: Instant
  readonly used_at: Instant | null
  readonly revoked_at: Instant | null
}

/** Devices of another server that have not been heard of yet. */
export interface ImportsTable {
  readonly enrollment: string
  /** SHA-256 of the certificate that it will prove who it is with; null for the first that is good enough. */
  readonly certificate: string | null
  readonly serial: string | null
  readonly at: Instant
}

/** One row: what the first profile was made with, or what an operator put in its place. */
export interface ReachTable {
  readonly id: number
  readonly url: string
  readonly topic: string
  readonly at: Instant
}

/** Devices that may enroll by themselves. */
export interface ExpectedTable {
  readonly serial: string
  readonly awaits: Flag
  readonly shared: Flag
  readonly note: string
  readonly expected_at: Instant
  /** Of the device that asked with this serial number last. */
  readonly udid: string | null
  readonly given_at: Instant | null
}

/** Until when channels that await configuration are held. */
export interface DeadlinesTable {
  readonly channel: string
  readonly due: Instant
}

/** People who sign in here. */
export interface AccountsTable {
  readonly name: string
  readonly managed_apple_account: string
  /** What a password is checked by. */
  readonly password: string
  readonly made_at: Instant
  readonly password_at: Instant
}

/** Sign-ins that are under way. */
export interface SignInsTable {
  readonly state_hash: string
  readonly purpose: JsonText
  readonly identifier: string
  readonly browser_hash: string | null
  readonly verifier: string
  readonly nonce: string
  readonly expires_at: Instant
}

/** What signing in grants: a profile, and the channel of one enrollment. */
export interface GrantsTable {
  readonly token_hash: string
  readonly name: string
  readonly account: JsonText
  readonly made_at: Instant
  readonly profile_until: Instant
  readonly profile_used_at: Instant | null
  /** The device's id. */
  readonly enrollment: string | null
  readonly bound_at: Instant | null
  readonly revoked_at: Instant | null
  readonly why: string | null
}

/** Watches on their way to an enrollment through their iPhones. */
export interface PairingsTable {
  /** SHA-256 of the security token that the Watch was told, in lower-case hexadecimal. */
  readonly security_hash: string
  readonly watch: string
  /** Who got the pairing token for it; null before. */
  readonly phone: string | null
  /** Of the pairing token. */
  readonly pairing_hash: string | null
  readonly made_at: Instant
  readonly expires_at: Instant
  readonly used_at: Instant | null
}

/** Pushes to be made. Of one cohort or channel at most one wake has not begun. */
export interface WakesTable {
  readonly id: Generated<number>
  readonly cohort: string | null
  readonly channel: string | null
  /** Push whether or not the channel is behind. */
  readonly always: Flag
  readonly position: string
  readonly due: Instant
  readonly begun: Flag
  /** Until when a node works on it; a node that died lets it lapse. */
  readonly leased_until: Instant | null
  /** Push only a channel that was not seen after this. */
  readonly unseen_since: Instant | null
}

/** What this server pushes by, one for a topic; and requests for such. Their keys are secrets of the server. */
export interface PushCertificatesTable {
  readonly id: string
  readonly topic: string | null
  readonly certificate: Uint8Array | null
  /** The certificates above it, in PEM. */
  readonly chain: string
  /** PKCS#10. */
  readonly request: Uint8Array | null
  readonly made_at: Instant
  readonly imported_at: Instant | null
}

/** Jobs that go round all channels, some at a time. */
export interface LapsTable {
  readonly name: string
  /** The id of the last channel that it came to. */
  readonly position: string
  readonly began_at: Instant
  readonly due: Instant
}

export interface AuditTable {
  readonly sequence: Generated<number>
  readonly at: Instant
  readonly actor: string
  readonly action: string
  readonly target: string
  readonly revision: number
  readonly detail: JsonText
}

export interface EventsTable {
  readonly sequence: Generated<number>
  readonly at: Instant
  readonly type: string
  readonly data: JsonText
}

export interface AuthoritiesTable {
  readonly id: string
  readonly role: string
  readonly certificate: Uint8Array
  readonly sealed_key: Uint8Array
  readonly made_at: Instant
  readonly retired_at: Instant | null
}

export interface CertificatesTable {
  readonly fingerprint: string
  readonly authority: string
  readonly serial: string
  readonly subject: string
  readonly enrollment: string | null
  readonly asked_with: string
  readonly transaction_id: string
  readonly request_hash: string
  readonly der: Uint8Array
  readonly issued_at: Instant
  readonly not_after: Instant
  readonly revoked_at: Instant | null
  readonly revoked_why: string | null
  /** Whose account-driven enrollment it is for. */
  readonly account: JsonText | null
}

export interface ChallengesTable {
  readonly hash: string
  readonly made_at: Instant
  readonly expires_at: Instant
  readonly meant: string | null
  readonly key: string | null
  readonly used_at: Instant | null
  /** Whose account-driven enrollment it is for. */
  readonly account: JsonText | null
}

/** Where events are delivered. Its secrets are secrets of the server. */
export interface WebhooksTable {
  readonly id: string
  readonly url: string
  /** Names of types of events; null for all. */
  readonly types: JsonText | null
  readonly note: string
  readonly state: string
  readonly made_at: Instant
  /** Sequence of the last event that was looked at for it. */
  readonly position: number
  /** Until when the secret before this one signs too. */
  readonly previous_until: Instant | null
  /** How many deliveries made room for others. */
  readonly crowded_out: number
  /** Since when nothing was taken, though it was tried. */
  readonly failing_since: Instant | null
  readonly delivered_at: Instant | null
  /** The node that delivers to it, and until when the others leave it to that one. */
  readonly holder: string | null
  readonly leased_until: Instant | null
}

/** Events on their way to a webhook, and what became of those that were lately. */
export interface DeliveriesTable {
  readonly sequence: Generated<number>
  /** What the receiver knows it by. */
  readonly id: string
  readonly webhook: string
  /** Sequence of the event. */
  readonly event: number
  /** Whom the event is about; empty where it is about no enrollment. Of one, a webhook is told in order. */
  readonly enrollment: string
  readonly type: string
  readonly at: Instant
  readonly data: JsonText
  readonly queued_at: Instant
  readonly attempts: number
  /** When it is to be tried; null while it waits for one before it, or waits no more. */
  readonly due: Instant | null
  /** Null while it waits. */
  readonly outcome: string | null
  readonly ended_at: Instant | null
  /** The last attempts. */
  readonly log: JsonText
}

/** What a channel and the server said: the kind of it, and what goes with that, in `content`. */
export interface TraceTable {
  readonly sequence: Generated<number>
  readonly enrollment: string
  readonly at: Instant
  readonly content: JsonText
  /** How many times somebody said it who only claimed to be this channel; 0: it was believed. */
  readonly claimed: number
  /** The body of the request and that of the answer, without what is secret; null where they are not kept. */
  readonly bodies: JsonText | null
}

/** What those who follow were told last of the conditions of a channel: pairs of Identifier and word. */
export interface ToldConditionsTable {
  readonly enrollment: string
  readonly content: JsonText
}

/** What counts as the diagnosis of a channel, and what was found that does not yet. */
export interface DiagnosesTable {
  readonly enrollment: string
  /** Null until something counts. */
  readonly code: string | null
  readonly stage: string | null
  readonly since: Instant | null
  readonly found_code: string | null
  readonly found_since: Instant | null
  /** The token of what the channel should have, by which it was judged. */
  readonly wanted: string | null
  /** The last entry of the trace that it was judged by. */
  readonly entry: number
  readonly looked_at: Instant | null
  /** When it is looked at again; while somebody does, when the next may. */
  readonly due: Instant
}
