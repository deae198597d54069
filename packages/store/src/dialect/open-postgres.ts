import pg from 'pg'
import { migrate } from '../migrations/migrate.ts'
import { committedReads } from '../reads.ts'
import { scansOn } from '../scans.ts'
import type { Store, Transaction } from '../store.ts'
import { type Told, ToldQueue } from '../told.ts'
import { type Aftermath, type Surroundings, unitOfWork } from '../unit-of-work.ts'
import { kyselyOver, numberTypes, postgresDialect, postgresSession } from './postgres.ts'
import { failure } from './postgres-failure.ts'
import { PostgresNotices } from './postgres-notices.ts'
import { atomically } from './postgres-transactions.ts'

/** Tokens told are written together, at most so long after the first of them, in milliseconds. */
const TOLD_WITHIN = 50

export interface PostgresOptions {
  readonly url: string
  readonly nodeName: string
  readonly pool: number
  readonly surroundings: Surroundings
  readonly committed: (aftermath: Aftermath) => void
  /** Hears of commits of other nodes. */
  readonly tell: (what: 'events' | 'wakes') => void
}

/** Opens a PostgreSQL database: a pool for everything, one connection more that listens. */
export async function openPostgres(options: PostgresOptions): Promise<Omit<Store, 'onCommit'>> {
  const { surroundings, committed } = options
  await migrateLocked(options.url)
  const pool = new pg.Pool({ ...configOf(options), ...TIMEOUTS, max: options.pool })
  survive(pool)
  const notices = new PostgresNotices(configOf(options), pool, options.nodeName, options.tell)
  const listening = notices.listen()
  await listening.catch(() => pool.end())
  await listening

  const transaction = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const { value, aftermath } = await atomically(pool, async (session) => {
      const { tx, finish } = unitOfWork(session, surroundings)
      const done = await work(tx)
      return { value: done, aftermath: await finish() }
    })
    committed(aftermath)
    if (aftermath.events.length > 0) notices.tell('events')
    if (aftermath.wakes) notices.tell('wakes')
    return value
  }
  const telling = new Telling(pool)
  const session = postgresSession(pool, failure)
  return {
    dialect: 'postgres',
    transaction,
    read: committedReads(session, surroundings.cache),
    scan: scansOn(session),
    told: (enrollment, period, token, at, again = false) => telling.add({ enrollment, period, token, at }, again),
    flush: () => telling.flush(),
    wipe: () => wipe(options.url),
    close: async () => {
      await telling.flush().catch(() => {})
      await notices.close()
      await pool.end()
    },
  }
}

/** Milliseconds. Whoever waits longer than this for the database is told to come again. */
const TIMEOUTS = { lock_timeout: 15_000, statement_timeout: 60_000, idle_in_transaction_session_timeout: 30_000 }

function configOf({ url, nodeName }: Pick<PostgresOptions, 'url' | 'nodeName'>): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: nodeName,
    types: numberTypes,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  }
}

/** A migration takes the time it takes. The lock is an advisory one, held by the connection. */
async function migrateLocked(url: string): Promise<void> {
  const pool = new pg.Pool({ ...configOf({ url, nodeName: 'edict migration' }), max: 1 })
  survive(pool)
  try {
    await migrate(kyselyOver(pool), postgresDialect.columns)
  } catch (error) {
    throw failure(error)
  } finally {
    await pool.end()
  }
}

/** Tables that hold secrets are written anew; the files they lay in are deleted. It takes the time it takes. */
async function wipe(url: string): Promise<void> {
  const client = new pg.Client(configOf({ url, nodeName: 'edict wipe' }))
  try {
    await client.connect()
    for (const table of ['secrets', 'commands']) await client.query(`vacuum full ${table}`)
  } catch (error) {
    throw failure(error)
  } finally {
    await client.end().catch(() => {})
  }
}

/** A connection that breaks says so to whoever uses it; nobody else needs to hear it. */
function survive(pool: pg.Pool): void {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
}

/** Writes tokens told, together. */
class Telling {
  readonly #pool: pg.Pool
  readonly #queue = new ToldQueue()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  add(told: Told, again: boolean): void {
    this.#queue.add(told, again)
    if (this.#queue.size === 0) return
    this.#timer ??= setTimeout(() => this.flush().catch(() => {}), TOLD_WITHIN).unref()
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const write = async (): Promise<void> => {
      const told = this.#queue.take()
      if (told.length > 0) await atomically(this.#pool, (session) => postgresDialect.noteTold(session, told))
    }
    this.#writing = this.#writing.then(write, write)
    return this.#writing
  }
}
