import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@edict/store/testing'

export const databases = ['sqlite', 'postgres'] as const
export type Database = (typeof databases)[number]

let counter = 0

/** A fresh database, and how to be rid of it. */
export async function freshDatabase(kind: Database): Promise<{ readonly database: string; remove(): Promise<void> }> {
  if (kind === 'postgres') {
    const postgres = await startPostgres()
    counter += 1
    const database = await postgres.url(`story_${process.pid}_${counter}`)
    return { database, remove: () => postgres.drop(database) }
  }
  const directory = await mkdtemp(join(tmpdir(), 'edict-story-'))
  return { database: directory, remove: () => rm(directory, { recursive: true, force: true }) }
}
