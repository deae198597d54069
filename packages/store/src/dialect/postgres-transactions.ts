import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { StoreUnavailable } from '../store.ts'
import type { Session } from './dialect.ts'
import { postgresSession } from './postgres.ts'
import { failure, isConflict } from './postgres-failure.ts'

const REPEATS = 5

/** What the database first said was wrong in a transaction; what the work makes of it may be something else. */
interface Fault {
  first: unknown
}

/**
 * Runs an act in a transaction of its own. A deadlock or serialization failure repeats it, after a little while that grows.
 * @throws StoreUnavailable when it was repeated 5 times, or the connection broke
 */
export async function atomically<T>(pool: pg.Pool, act: (session: Session) => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats += 1) {
    const fault: Fault = { first: undefined }
    try {
      return await once(pool, act, fault)
    } catch (error) {
      if (!isConflict(fault.first)) throw error
      if (repeats === REPEATS) throw new StoreUnavailable(fault.first)
      await wait(Math.random() * 10 * 2 ** repeats)
    }
  }
}

async function once<T>(pool: pg.Pool, act: (session: Session) => Promise<T>, fault: Fault): Promise<T> {
  const failed = (error: unknown): unknown => {
    fault.first ??= error
    return failure(error)
  }
  const client = await pool.connect().catch((error) => {
    throw failed(error)
  })
  const session = postgresSession(client, failed)
  const say = async (text: string): Promise<string> => {
    const { command } = await client.query(text).catch((error) => {
      throw failed(error)
    })
    return command
  }
  try {
    await say('begin isolation level read committed')
    const value = await act(session)
    // A transaction in which a statement failed ends with a rollback, although it was asked to commit.
    if ((await say('commit')) !== 'COMMIT')
      throw failure(fault.first ?? new Error('the database took back the transaction'))
    client.release()
    return value
  } catch (error) {
    const cause = fault.first === undefined ? error : failure(fault.first)
    await say('rollback').then(
      () => client.release(cause instanceof StoreUnavailable),
      () => client.release(true),
    )
    throw cause instanceof StoreUnavailable ? cause : error
  } finally {
    session.end()
  }
}
