import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { openStore } from '../open-store.ts'
import type { Store } from '../store.ts'
import { startPostgres } from '../testing/postgres.ts'

/** A database that the contract holds on. */
export interface Database {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** Makes a fresh one and gives what `openStore` takes. */
  create(): Promise<string>
}

const folders: string[] = []
let made = 0

export const databases: readonly Database[] = [
  {
    name: 'SQLite',
    create: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'edict-store-'))
      folders.push(folder)
      return folder
    },
  },
  {
    name: 'PostgreSQL',
    create: async () => {
      made += 1
      return (await startPostgres()).url(`store_${made}`)
    },
  },
]

/** Puts away what was created; the tests are over. */
export async function dispose(): Promise<void> {
  await (await startPostgres()).stop()
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
}

/** One node of a database, and the time there. */
export interface Node {
  store: Store
  database: string
  now: number
  /** Another node of the same database; on SQLite it stands for the next process. */
  another(): Promise<Store>
}

/** A store for the tests of one `describe`: they share it, so they use ids of their own. */
export function nodeOf({ create }: Database): Node {
  const others: Store[] = []
  const clock = () => node.now
  const node: Node = {
    store: undefined as unknown as Store,
    database: '',
    now: 1_000_000_000,
    another: async () => {
      const other = await openStore({ database: node.database, clock })
      others.push(other)
      return other
    },
  }
  beforeAll(async () => {
    node.database = await create()
    node.store = await openStore({ database: node.database, clock })
  })
  afterAll(async () => {
    for (const store of [...others, node.store]) await store.close()
  })
  return node
}
