import type { Compilable, Insertable } from 'kysely'
import type { Session } from './dialect/dialect.ts'
import { Place, Template } from './prepared.ts'
import type { Tables } from './tables.ts'

/** Rows a statement: a few sizes, so that few rows take few statements, and there are no more than these to compile. */
const CHUNKS = [100, 50, 20, 10, 5, 2, 1] as const

type Row<T extends keyof Tables> = Insertable<Tables[T]>

/**
 * Inserts rows, many at a time, by statements that are compiled once, and gives what they return. The limits on parameters (32,766 in SQLite, 65,535 in
 * PostgreSQL) leave room for 300 columns.
 */
export function insertion<T extends keyof Tables, R = unknown>(
  columns: readonly (keyof Row<T> & string)[],
  build: (session: Session, rows: readonly Row<T>[]) => Compilable<R>,
): (session: Session, rows: readonly Row<T>[]) => Promise<readonly R[]> {
  const templates = new Map<string, Template>()
  const templateFor = (session: Session, size: number): Template => {
    const key = `${session.dialect.name} ${size}`
    const template = templates.get(key) ?? new Template(build(session, placeRows<T>(columns, size)))
    templates.set(key, template)
    return template
  }
  return async (session, rows) => {
    const returned: R[] = []
    let done = 0
    for (const size of CHUNKS) {
      for (; rows.length - done >= size; done += size) {
        const chunk = rows.slice(done, done + size)
        const values = chunk.flatMap((row) => columns.map((column) => row[column]))
        returned.push(...(await session.execute<R>(templateFor(session, size).with(values))).rows)
      }
    }
    return returned
  }
}

function placeRows<T extends keyof Tables>(columns: readonly string[], size: number): readonly Row<T>[] {
  return Array.from({ length: size }, (_, index) =>
    Object.fromEntries(columns.map((column, place) => [column, new Place(index * columns.length + place)])),
  ) as readonly unknown[] as readonly Row<T>[]
}
