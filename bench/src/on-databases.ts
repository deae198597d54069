import type { Figure } from './benchmark.ts'
import type { DatabaseName } from './database-name.ts'
import { databaseNames } from './database-name.ts'

/** What a work gives for each database. */
export async function onDatabases<T>(
  work: (name: DatabaseName) => Promise<T>,
): Promise<Readonly<Record<DatabaseName, T>>> {
  const results: [DatabaseName, T][] = []
  for (const name of databaseNames) results.push([name, await work(name)])
  return Object.fromEntries(results) as Record<DatabaseName, T>
}

/** A line of results from what was measured on each database. */
export function figure<S>(
  what: string,
  unit: Figure['unit'],
  measured: Readonly<Record<DatabaseName, S>>,
  value: (sample: S) => number,
  target?: Figure['target'],
): Figure {
  const values = { sqlite: value(measured.sqlite), postgres: value(measured.postgres) }
  return { what, unit, values, ...(target === undefined ? {} : { target }) }
}
