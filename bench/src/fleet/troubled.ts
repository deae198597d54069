import { setTimeout as delay } from 'node:timers/promises'
import {
  type ConnectMessage,
  decodeCommand,
  decodeDeclarationItems,
  encodeConnect,
  encodeStatusReport,
} from '@edict/protocol'
import type { Channel, Store, Traced } from '@edict/store'
import { admin } from '../load/admin.ts'
import { Connection } from '../load/connection.ts'
import { type DeviceRequests, deviceRequests, put } from '../load/device-requests.ts'
import type { ServerProcess } from '../processes/child.ts'

/** Enrollments by the code that their diagnosis should have. */
export type Troubled = ReadonlyMap<string, readonly string[]>

const GROUP = 'troubled'
const AT_ONCE = 1_000
/** How long ago the copies did what they did: nothing of it is under way any more. */
const AGO = 3_600_000

const set = {
  'bench.test': { Type: 'com.apple.configuration.management.test', Payload: { Echo: 'bench' } },
  'bench.on': { Type: 'com.apple.activation.simple', Payload: { StandardConfigurations: ['bench.test'] } },
}

/** What devices of one kind say after Authenticate, through the front door; and what is known of pushes to them. */
interface Kind {
  readonly code: string
  readonly says: (connection: Connection, device: DeviceRequests) => Promise<unknown>
  readonly pushes?: readonly { readonly accepted: boolean; readonly reason: string | null }[]
}

const enrolls: Kind['says'] = (connection, device) => connection.ok(device.tokenUpdate)

/** Collects everything, and reports it in force but for one declaration. */
const reports =
  (identifier?: string, code?: string): Kind['says'] =>
  async (connection, device) => {
    await enrolls(connection, device)
    const { CommandUUID } = decodeCommand(await connection.ok(device.idle))
    await connection.ok(device.acknowledge(CommandUUID))
    await connection.ok(device.tokens)
    const { Declarations } = decodeDeclarationItems(await connection.ok(device.items))
    const lists = [
      ['activations', 'activation', Declarations.Activations],
      ['assets', 'asset', Declarations.Assets],
      ['configurations', 'configuration', Declarations.Configurations],
      ['management', 'management', Declarations.Management],
    ] as const
    const declarations: Record<string, object[]> = {}
    for (const [name, kind, items] of lists) {
      declarations[name] = []
      for (const { Identifier, ServerToken } of items) {
        await connection.ok(device.declaration(kind, Identifier))
        const fails = Identifier === identifier
        declarations[name].push({
          identifier: Identifier,
          'server-token': ServerToken,
          active: kind !== 'management' && !fails,
          valid: fails ? 'invalid' : 'valid',
          ...(fails ? { reasons: [{ code: code ?? '' }] } : {}),
        })
      }
    }
    const StatusItems = { management: { declarations: declarations as never } }
    await connection.ok(device.status(encodeStatusReport({ StatusItems, Errors: [], FullReport: false })))
  }

const refuses: Kind['says'] = async (connection, device) => {
  await enrolls(connection, device)
  const { CommandUUID } = decodeCommand(await connection.ok(device.idle))
  const body = encodeConnect({ Status: 'NotNow', CommandUUID, UDID: device.id } as ConnectMessage)
  await connection.ok(put('/mdm/connect', 'application/x-apple-aspen-mdm; charset=UTF-8', body))
}

const kinds: readonly Kind[] = [
  { code: 'healthy', says: reports() },
  { code: 'no-push-token', says: async () => {} },
  { code: 'command-refused', says: refuses },
  { code: 'push-without-effect', says: enrolls, pushes: [true, true].map((accepted) => ({ accepted, reason: null })) },
  { code: 'push-not-delivered', says: enrolls, pushes: [{ accepted: false, reason: 'Unregistered' }] },
  { code: 'asset-unavailable', says: reports('bench.test', 'Error.AssetCannotBeDownloaded') },
  { code: 'payload-keys-unknown', says: reports('bench.test', 'Error.UnknownPayloadKeys') },
  { code: 'declaration-not-supported', says: reports('bench.test', 'Error.UnknownDeclarationType') },
  { code: 'configuration-without-activation', says: reports('bench.test', 'Info.NotReferencedByActivation') },
  { code: 'activation-lists-missing', says: reports('bench.on', 'Error.MissingConfigurations') },
  { code: 'predicate-broken', says: reports('bench.on', 'Error.PredicateFailed') },
]

/**
 * Ten causes in a fleet: one device of each kind does what it does through the front door, an hour ago; the others are copies of it with all
 * that it said, under ids of their own. Of the kinds that have a trouble the first has a 55th of the troubled, the next two …
 *
 * @param size devices in all; more than half have a trouble
 */
export async function plantTroubles(server: ServerProcess, store: Store, size: number): Promise<Troubled> {
  for (const [identifier, written] of Object.entries(set))
    await admin(server.url, 'PUT', `declarations/${identifier}`, written)
  await admin(server.url, 'PUT', 'sets/troubled', { declarations: Object.keys(set) })
  const first = new Map(kinds.map(({ code }, kind) => [code, idOf(kind, 0)]))
  const connection = await Connection.open(server.url)
  for (const id of first.values()) await connection.ok(deviceRequests(id).authenticate)
  await admin(server.url, 'PUT', `groups/${GROUP}`, { enrollments: [...first.values()] })
  await admin(server.url, 'PUT', `groups/${GROUP}/sets/troubled`, {})
  for (const { code, says } of kinds) await says(connection, deviceRequests(first.get(code) ?? ''))
  connection.close()
  // A push that is refused later, for there is no push certificate, would count as a trouble of its own.
  while ((await store.scan.counts()).pendingWakes > 0) await delay(100)
  // Reading a trace writes what is still to be written of it.
  await admin(server.url, 'GET', `enrollments/${first.get('healthy')}/trace`)
  const share = Math.floor((size * 0.55) / 55)
  const troubled = new Map<string, readonly string[]>()
  for (const [kind, { code, pushes = [] }] of kinds.entries()) {
    const count = kind === 0 ? size - 55 * share : kind * share
    const ids = Array.from({ length: count }, (_, index) => idOf(kind, index))
    await copy(store, first.get(code) ?? '', ids, pushes)
    troubled.set(code, ids)
  }
  const everybody = [...troubled.values()].flat()
  await store.transaction((tx) => tx.putGroupMembers(GROUP, everybody))
  return troubled
}

/** As Apple makes them, and the first of each kind recognizable. */
function idOf(kind: number, index: number): string {
  const spread = Math.imul(index * 16 + kind, 0x9e3779b1) >>> 0
  const hex = (number: number) => number.toString(16).padStart(8, '0')
  return `00008103-${hex(spread)}${hex(index * 16 + kind)}`.toUpperCase()
}

/** Writes the first of these as it was an hour ago, and the others as copies of it. */
async function copy(store: Store, of: string, ids: readonly string[], pushes: Kind['pushes'] = []): Promise<void> {
  await store.flush()
  const channel = await store.read.channel(of)
  if (channel === undefined) throw new Error(`Cannot copy ${of}: it is not enrolled`)
  const enrollment = earlier(channel)
  // Pushes are said as the kind has them: there is no push service here that took or refused one.
  const said = (await store.read.trace(of, null, 1_000)).filter(({ kind }) => kind !== 'push')
  const last = said.at(-1)?.at ?? 0
  const states = await store.read.states(of)
  const entries = [
    ...said.map(({ entry: _, ...one }) => ({ ...one, at: one.at - AGO })),
    ...pushes.map((push, index) => ({ kind: 'push', ...push, at: last - AGO + (index + 1) * 120_000 })),
  ] as Omit<Traced, 'enrollment'>[]
  await store.transaction((tx) => tx.shortenTrace(of, { entries: 0, claims: 0, bodies: 0 }))
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE)
    await store.transaction(async (tx) => {
      await tx.saveEnrollments(some.map((id) => ({ ...enrollment, id, device: id, push: null })))
      await tx.addTrace(some.flatMap((id) => entries.map((one) => ({ ...one, enrollment: id }) as Traced)))
      for (const id of some) if (states.length > 0) await tx.saveStates(id, states, last - AGO)
    })
  }
}

function earlier({ enrollment }: Channel): Channel['enrollment'] {
  const { sync, lastSeenAt, lastReportAt, enrolledAt } = enrollment
  const before = (at: number | null) => (at === null ? null : at - AGO)
  const collected = sync.collected === null ? null : { ...sync.collected, at: sync.collected.at - AGO }
  return {
    ...enrollment,
    sync: { ...sync, collected },
    lastSeenAt: before(lastSeenAt),
    lastReportAt: before(lastReportAt),
    enrolledAt: before(enrolledAt),
  }
}
