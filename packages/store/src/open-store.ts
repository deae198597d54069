import { DeclaredCache } from './declared-cache.ts'
import { openPostgres } from './dialect/open-postgres.ts'
import { openSqlite } from './dialect/open-sqlite.ts'
import type { Store } from './store.ts'
import type { Aftermath, Surroundings } from './unit-of-work.ts'

export interface StoreOptions {
  /** `postgres://…`, or for SQLite a file (`*.db`) or a folder. */
  readonly database: string
  /** Milliseconds since the epoch. */
  readonly clock?: () => number
  /** Names this node to others that share a PostgreSQL. */
  readonly nodeName?: string
  /** Connections to PostgreSQL at most; 10 unless said. */
  readonly pool?: number
}

type Listener = Parameters<Store['onCommit']>[0]

/**
 * Opens the database and brings its schema up to date, under a lock, before anything else.
 * @throws StoreUnavailable when it cannot be reached
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { database, clock = Date.now, nodeName = 'edict', pool = 10 } = options
  const surroundings: Surroundings = { cache: new DeclaredCache(), clock }
  const listeners = new Set<Listener>()
  const tell: Listener = (what, own) => {
    for (const listener of [...listeners]) listener(what, own)
  }
  const committed = ({ declared, events, wakes }: Aftermath): void => {
    if (declared !== null) surroundings.cache.put(declared)
    if (events.length > 0) tell('events', events)
    if (wakes) tell('wakes')
  }
  const store = /^postgres(ql)?:\/\//.test(database)
    ? await openPostgres({ url: database, nodeName, pool, surroundings, committed, tell })
    : await openSqlite(database, surroundings, committed)
  return {
    ...store,
    onCommit: (listener) => {
      const own: Listener = (what, events) => listener(what, events)
      listeners.add(own)
      return () => listeners.delete(own)
    },
  }
}
