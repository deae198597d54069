import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { StoreUnavailable } from '../store.ts'
import { failure } from './postgres-failure.ts'

const CHANNEL = 'edict'
/** At most one notice of a kind in so many milliseconds: a commit that notifies waits for every other that does. */
const PACE = 50
const FIRST_WAIT = 100
const LONGEST_WAIT = 5000

type What = 'events' | 'wakes'

/**
 * Tells other nodes what was committed, and hears it from them, over one connection that is made again when it breaks. A
 * notice may be lost with the node that was about to send it, so whoever acts on notices also looks by itself now and then.
 */
export class PostgresNotices {
  readonly #config: pg.ClientConfig
  readonly #pool: pg.Pool
  readonly #heard: (what: What) => void
  /** In front of each notice, so that a node does not hear itself. */
  readonly #self: string
  readonly #pacing = new Map<What, { again: boolean }>()
  #client: pg.Client | undefined
  #retry: NodeJS.Timeout | undefined
  #closed = false

  constructor(config: pg.ClientConfig, pool: pg.Pool, nodeName: string, heard: (what: What) => void) {
    this.#config = config
    this.#pool = pool
    this.#heard = heard
    this.#self = `${nodeName.slice(0, 64)}-${randomBytes(6).toString('hex')} `
  }

  /** @throws StoreUnavailable when the first connection cannot be made */
  async listen(): Promise<void> {
    const client = new pg.Client(this.#config)
    client.on('error', () => this.#lost(client, FIRST_WAIT))
    client.on('end', () => this.#lost(client, FIRST_WAIT))
    client.on('notification', ({ payload = '' }) => this.#notified(payload))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
    } catch (error) {
      client.end().catch(() => {})
      throw failure(error) as StoreUnavailable
    }
    this.#client = client
    if (this.#closed) await this.#end()
  }

  tell(what: What): void {
    const pacing = this.#pacing.get(what)
    if (pacing !== undefined) {
      pacing.again = true
      return
    }
    const state = { again: false }
    this.#pacing.set(what, state)
    this.#pool.query('select pg_notify($1, $2)', [CHANNEL, this.#self + what]).catch(() => {})
    setTimeout(() => {
      this.#pacing.delete(what)
      if (state.again && !this.#closed) this.tell(what)
    }, PACE).unref()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#end()
  }

  async #end(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => {})
  }

  #notified(payload: string): void {
    if (payload.startsWith(this.#self)) return
    const what = payload.slice(payload.lastIndexOf(' ') + 1)
    if (what === 'events' || what === 'wakes') this.#heard(what)
  }

  #lost(client: pg.Client, waitFor: number): void {
    if (this.#closed || this.#client !== client) return
    this.#client = undefined
    client.end().catch(() => {})
    this.#listenAgain(waitFor)
  }

  /** What was said meanwhile is not known, so it is as if everything had been. */
  #listenAgain(waitFor: number): void {
    this.#retry = setTimeout(() => {
      this.listen().then(
        () => {
          this.#heard('events')
          this.#heard('wakes')
        },
        () => this.#closed || this.#listenAgain(Math.min(waitFor * 2, LONGEST_WAIT)),
      )
    }, waitFor).unref()
  }
}
