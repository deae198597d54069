import type { Compilable, Expression, Kysely, RawBuilder, SelectQueryBuilder, SqlBool } from 'kysely'
import type { Tables } from '../tables.ts'
import type { Told } from '../told.ts'

/** All that differs between the databases in what is asked of them. How they are connected to is beside it. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres'
  readonly columns: ColumnTypes
  /** `column` is one of `values`: one SQL text, whatever their number. */
  oneOf(column: RawBuilder<unknown> | Expression<unknown>, values: readonly string[]): Expression<SqlBool>
  /** Whether rows are locked one by one; otherwise a transaction has the whole database to itself. */
  readonly locksRows: boolean
  /** Locks the rows of a select until the transaction ends, where rows are locked. */
  lockRows<O>(
    query: SelectQueryBuilder<Tables, 'enrollments' | 'declared' | 'diagnoses' | 'webhooks', O>,
    mode: 'update' | 'share',
  ): SelectQueryBuilder<Tables, 'enrollments' | 'declared' | 'diagnoses' | 'webhooks', O>
  /** Locks the first row of a select that nobody else has locked. */
  lockFree<O>(query: SelectQueryBuilder<Tables, 'wakes', O>): SelectQueryBuilder<Tables, 'wakes', O>
  /** Notes tokens told, each guarded by its period. */
  noteTold(session: Session, told: readonly Told[]): Promise<void>
  /** Comes before events are added, in the same transaction. */
  beforeEvents(session: Session): Promise<void>
  /** A sequence number up to which every event that will ever be there is there. */
  settledEvent(session: Session): Promise<number>
  /** Comes before a unit of work numbers entries of the trace: they are numbered in the order in which they appear. */
  beforeTrace(session: Session): Promise<void>
}

/** Column types of a dialect, for migrations. */
export interface ColumnTypes {
  readonly text: RawBuilder<unknown>
  readonly integer: RawBuilder<unknown>
  readonly bytes: RawBuilder<unknown>
  /** A primary key that counts up and never gives a number twice. */
  readonly sequence: RawBuilder<unknown>
  /** What follows the closing parenthesis of a table. */
  readonly tableEnd: RawBuilder<unknown>
}

/** A statement with its parameters. */
export interface Statement<R> {
  readonly sql: string
  readonly parameters: readonly unknown[]
  readonly row?: R
}

export interface Result<R> {
  readonly rows: readonly R[]
  readonly affected: number
}

/** Where statements are executed: within a unit of work, or each by itself. */
export interface Session {
  readonly dialect: Dialect
  /** Builds and compiles; it does not execute. */
  readonly db: Kysely<Tables>
  execute<R>(statement: Statement<R>): Promise<Result<R>>
}

/** All rows of a query. */
export async function all<R>(session: Session, query: Compilable<R>): Promise<readonly R[]> {
  return (await session.execute<R>(query.compile())).rows
}

/** The first row of a query. */
export async function first<R>(session: Session, query: Compilable<R>): Promise<R | undefined> {
  return (await session.execute<R>(query.compile())).rows[0]
}

/** Executes a change and gives the number of rows it touched. */
export async function run(session: Session, query: Compilable<unknown>): Promise<number> {
  return (await session.execute(query.compile())).affected
}
