import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file that is not as the generator would leave it. */
export interface Stale {
  readonly file: string
  readonly why: 'missing' | 'different' | 'left over'
}

export function staleIn(folder: string, tables: ReadonlyMap<string, string>): readonly Stale[] {
  const present = new Set(filesIn(folder))
  const stale = [...tables].flatMap(([file, text]): Stale[] => {
    if (!present.has(file)) return [{ file, why: 'missing' }]
    return readFileSync(join(folder, file), 'utf8') === text ? [] : [{ file, why: 'different' }]
  })
  const leftOver = [...present].filter((file) => !tables.has(file))
  return [...stale, ...leftOver.map((file): Stale => ({ file, why: 'left over' }))]
}

/** Brings a folder up to date. Gives what it changed. */
export function refresh(folder: string, tables: ReadonlyMap<string, string>): readonly Stale[] {
  const stale = staleIn(folder, tables)
  mkdirSync(folder, { recursive: true })
  for (const { file } of stale) {
    const text = tables.get(file)
    if (text === undefined) rmSync(join(folder, file))
    else writeFileSync(join(folder, file), text)
  }
  return stale
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
