import type { Compilable, Insertable } from 'kysely'
import type { Session } from './dialect/dialect.ts'
import { Place, Template } from './prepared.ts'
import type { Tables } from './tables.ts'

/** Rows a statement; the last of a list go ten and one at a time, so that there are three statements and no more. */
const CHUNKS = [100, 10, 1] as const

type Row<T extends keyof Tables> = Insertable<Tables[T]>

/**
 * Inserts rows, many at a time, by statements that are compiled once. The limits on parameters (32,766 in SQLite, 65,535 in
 * PostgreSQL) leave room for 300 columns.
 */
export function insertion<T extends keyof Tables>(
  columns: readonly (keyof Row<T> & string)[],
  build: (session: Session, rows: readonly Row<T>[]) => Compilable<unknown>,
): (session: Session, rows: readonly Row<T>[]) => Promise<void> {
  const templates = new Map<string, Template>()
  const templateFor = (session: Session, size: number): Template => {
    const key = `${session.dialect.name} ${size}`
    const template = templates.get(key) ?? new Template(build(session, placeRows<T>(columns, size)))
    templates.set(key, template)
    return template
  }
  return async (session, rows) => {
    let done = 0
    for (const size of CHUNKS) {
      for (; rows.length - done >= size; done += size) {
        const chunk = rows.slice(done, done + size)
        const values = chunk.flatMap((row) => columns.map((column) => row[column]))
        await session.execute(templateFor(session, size).with(values))
      }
    }
  }
}

function placeRows<T extends keyof Tables>(columns: readonly string[], size: number): readonly Row<T>[] {
  return Array.from({ length: size }, (_, index) =>
    Object.fromEntries(columns.map((column, place) => [column, new Place(index * columns.length + place)])),
  ) as readonly unknown[] as readonly Row<T>[]
}
