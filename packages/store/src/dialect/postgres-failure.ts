import pg from 'pg'
import { StoreUnavailable } from '../store.ts'

/**
 * Classes and codes of SQLSTATE that say nothing about the statement: connection, authorization, missing database, resources,
 * intervention, system, internal; a lock not had in time; a server that only reads; a plan made before a migration.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const UNAVAILABLE = /^(08|28|3D|53|57|58|XX)|^(55P03|25006|25P03|0A000)$/
/** The server ended the connection over it, or did not let it begin: nothing is wrong with what was asked. */
const ENDS_CONNECTION = /^(FATAL|PANIC)$/
const CONFLICT = /^(40001|40P01)$/

/** Two transactions got in each other's way: this one can be repeated as a whole. */
export function isConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && CONFLICT.test(error.code ?? '')
}

/** What the database cannot do now is told apart from what it was asked wrongly. */
export function failure(error: unknown): unknown {
  if (error instanceof StoreUnavailable || error instanceof TypeError) return error
  if (!(error instanceof pg.DatabaseError)) return new StoreUnavailable(error)
  const away = UNAVAILABLE.test(error.code ?? '') || ENDS_CONNECTION.test(error.severity ?? '')
  return away ? new StoreUnavailable(error) : error
}
