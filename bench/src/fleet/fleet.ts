import { decodeCommand } from '@edict/protocol'
import { openStore, type Store } from '@edict/store'
import type { Bench } from '../benchmark.ts'
import type { DatabaseName } from '../database-name.ts'
import { admin } from '../load/admin.ts'
import { Connection } from '../load/connection.ts'
import { deviceRequests } from '../load/device-requests.ts'
import type { ServerProcess } from '../processes/child.ts'
import { startEdict } from '../processes/start-edict.ts'
import { declarationsAt } from './declarations.ts'
import { fullReport } from './reports.ts'

/** Enrolled iPads of one cohort that are in sync, and their server. */
export interface Fleet {
  readonly database: string
  readonly server: ServerProcess
  readonly ids: readonly string[]
  /** The server's store, opened here too, for what would take long through the front door. */
  readonly store: Store
  /** Enrolls more of them. */
  grow(size: number): Promise<void>
  /** Writes the fleet's changing declarations of a round. */
  change(round: number): Promise<void>
  close(): Promise<void>
}

const GROUP = 'everyone'
const AT_ONCE = 2_000

/**
 * One iPad enrolls and syncs through the front door; the others are written into the store as copies of it, under ids of
 * their own, so that a hundred thousand take seconds. They have no push data: nobody is there to be pushed.
 */
export async function openFleet(
  { databases, say }: Bench,
  name: DatabaseName,
  size: number,
  options: Readonly<Record<string, string | boolean>> = {},
): Promise<Fleet> {
  say(`${size} enrollments on ${name}`)
  const database = await databases.fresh(name)
  const server = await startEdict(database, await databases.file(`${name}.log`), options)
  const change = async (round: number) => {
    for (const [identifier, written] of declarationsAt(round))
      await admin(server.url, 'PUT', `declarations/${identifier}`, written)
  }
  await change(0)
  await admin(server.url, 'PUT', 'sets/fleet', { declarations: [...declarationsAt(0).keys()] })
  const first = idOf(0)
  await enrollFirst(server.url, first)
  const ids = [first]
  const store = await openStore({ database, nodeName: 'bench' })
  const grow = async (to: number) => {
    const more = Array.from({ length: to - ids.length }, (_, index) => idOf(ids.length + index))
    await enrollCopies(store, first, more)
    ids.push(...more)
    await joinGroup(store, ids)
  }
  await grow(size)
  return {
    database,
    server,
    ids,
    store,
    grow,
    change,
    close: async () => {
      await store.close()
      await server.stop()
    },
  }
}

/** As Apple makes them: chip, dash, 16 hex digits; spread, as real ones are. */
function idOf(number: number): string {
  const spread = Math.imul(number, 0x9e3779b1) >>> 0
  return `00008103-${spread.toString(16).padStart(8, '0')}${number.toString(16).padStart(8, '0')}`.toUpperCase()
}

async function enrollFirst(url: string, id: string): Promise<void> {
  const connection = await Connection.open(url)
  const device = deviceRequests(id)
  await connection.ok(device.authenticate)
  await connection.ok(device.tokenUpdate)
  await admin(url, 'PUT', `groups/${GROUP}`, { enrollments: [id] })
  await admin(url, 'PUT', `groups/${GROUP}/sets/fleet`, {})
  await connection.ok(device.status(fullReport()))
  const { CommandUUID } = decodeCommand(await connection.ok(device.idle))
  await connection.ok(device.acknowledge(CommandUUID))
  await connection.ok(device.tokens)
  await connection.ok(device.items)
  connection.close()
}

async function enrollCopies(store: Store, of: string, ids: readonly string[]): Promise<void> {
  await store.flush()
  const channel = await store.read.channel(of)
  if (channel === undefined) throw new Error(`Cannot copy ${of}: it is not enrolled`)
  const { enrollment } = channel
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const copies = ids.slice(from, from + AT_ONCE).map((id) => ({
      ...enrollment,
      id,
      device: id,
      push: null,
      facts: { ...enrollment.facts, serialNumber: `S${id.slice(-10)}` },
    }))
    await store.transaction((tx) => tx.saveEnrollments(copies))
  }
}

async function joinGroup(store: Store, ids: readonly string[]): Promise<void> {
  await store.transaction((tx) => tx.putGroupMembers(GROUP, ids))
}
