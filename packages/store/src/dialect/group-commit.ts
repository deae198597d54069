import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { StoreUnavailable, type Transaction } from '../store.ts'
import { type Told, ToldQueue } from '../told.ts'
import { type Aftermath, type Surroundings, unitOfWork } from '../unit-of-work.ts'
import { type SqliteConnection, sqliteDialect, sqliteSession } from './sqlite.ts'

const MOST_WORKS = 256
/** A group takes no further work after so long, in milliseconds: the first in it waits for all. */
const LONGEST_GROUP = 20
/** A work that waits longer than this for something that is not its transaction is given up, in milliseconds. */
const LONGEST_WORK = 10_000
/** Tokens told wait at most so long for a group, in milliseconds. */
const TOLD_WITHIN = 50

type Work<T> = (tx: Transaction) => Promise<T>

interface Job {
  readonly work: Work<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** How a job ended, to be told when its group is committed. */
type Outcome = { readonly value: unknown; readonly aftermath: Aftermath } | { readonly error: unknown }

/** A work did not end: it waits for something that is not its transaction, perhaps for another one. */
class WorkStalled extends Error {
  readonly code = 'work-stalled'
  constructor() {
    super(`Cannot finish transaction: its work waited ${LONGEST_WORK} ms for something else than its transaction`)
  }
}

/**
 * The one writer of an SQLite database. Works that arrive together run one after another within one transaction, each in a
 * savepoint, share one fsync, and are all answered after it. A work awaits nothing but its `tx`: whatever else it awaits,
 * everybody waits for.
 */
export class GroupCommit {
  readonly #connection: SqliteConnection
  readonly #surroundings: Surroundings
  readonly #committed: (aftermath: Aftermath) => void
  readonly #jobs: Job[] = []
  readonly #told = new ToldQueue()
  #toldTimer: NodeJS.Timeout | undefined
  #turning: Promise<void> | undefined
  #closed = false

  constructor(connection: SqliteConnection, surroundings: Surroundings, committed: (aftermath: Aftermath) => void) {
    this.#connection = connection
    this.#surroundings = surroundings
    this.#committed = committed
  }

  transaction<T>(work: Work<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the store is closed'))
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({ work, resolve: resolve as Job['resolve'], reject })
      this.#turn()
    })
  }

  told(told: Told, again: boolean): void {
    if (this.#closed) return
    this.#told.add(told, again)
    if (this.#told.size === 0) return
    this.#toldTimer ??= setTimeout(() => this.#turn(), TOLD_WITHIN).unref()
  }

  /** Resolves when what was told so far is written. */
  async flush(): Promise<void> {
    await this.transaction(async () => {})
  }

  async close(): Promise<void> {
    if (this.#told.size > 0) await this.flush().catch(() => {})
    this.#closed = true
    while (this.#turning !== undefined) await this.#turning
    clearTimeout(this.#toldTimer)
  }

  #turn(): void {
    this.#turning ??= this.#turns()
  }

  /** Nothing may come between finding that there is no job and saying that nobody turns any more. */
  async #turns(): Promise<void> {
    do {
      await nextTurn()
      await this.#group()
    } while (this.#jobs.length > 0)
    this.#turning = undefined
  }

  async #group(): Promise<void> {
    const ended: [Job, Outcome][] = []
    try {
      this.#connection.do('begin immediate')
      await this.#writeTold()
      const since = performance.now()
      while (ended.length < MOST_WORKS && performance.now() - since < LONGEST_GROUP) {
        const job = this.#jobs.shift()
        if (job === undefined) break
        ended.push([job, await this.#run(job.work)])
        if (!this.#connection.inTransaction) throw new Error('the database took back the transaction')
      }
      await this.#writeTold()
      this.#connection.do('commit')
    } catch (error) {
      this.#giveUp(ended, error)
      return
    }
    for (const [, outcome] of ended) if ('aftermath' in outcome) this.#committed(outcome.aftermath)
    for (const [job, outcome] of ended) {
      if ('error' in outcome) job.reject(outcome.error)
      else job.resolve(outcome.value)
    }
  }

  /** Before the works, which read it, and after them, for {@link flush} may be one of them. */
  async #writeTold(): Promise<void> {
    clearTimeout(this.#toldTimer)
    this.#toldTimer = undefined
    if (this.#told.size > 0) await sqliteDialect.noteTold(sqliteSession(this.#connection), this.#told.take())
  }

  async #run(work: Work<unknown>): Promise<Outcome> {
    const session = sqliteSession(this.#connection)
    const { tx, finish } = unitOfWork(session, this.#surroundings)
    try {
      this.#connection.do('savepoint work')
      const value = await withinTime(work(tx))
      const aftermath = await finish()
      this.#connection.do('release work')
      return { value, aftermath }
    } catch (error) {
      if (this.#connection.inTransaction) {
        this.#connection.do('rollback to work')
        this.#connection.do('release work')
      }
      return { error }
    } finally {
      session.end()
    }
  }

  /** Nothing of the group is kept, so nobody of it is told anything else: not even a refusal, which may rest on the rest. */
  #giveUp(ended: readonly [Job, Outcome][], cause: unknown): void {
    const unavailable = cause instanceof StoreUnavailable ? cause : new StoreUnavailable(cause)
    try {
      if (this.#connection.inTransaction) this.#connection.do('rollback')
    } catch {
      // The connection is beyond that; the next group says so.
    }
    const waiting = ended.length === 0 ? this.#jobs.splice(0, MOST_WORKS) : []
    for (const job of [...ended.map(([one]) => one), ...waiting]) job.reject(unavailable)
  }
}

function withinTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new WorkStalled()), LONGEST_WORK)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
