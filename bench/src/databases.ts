import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres, type TestPostgres } from '@edict/store/testing'
import pg from 'pg'
import type { DatabaseName } from './database-name.ts'
import { processTreeCpu } from './process-tree-cpu.ts'

/** Fresh databases, gone at the end. PostgreSQL is started by the first that needs it, with its defaults, so it is durable. */
export interface Databases {
  /** What `edict serve --database` takes. */
  fresh(name: DatabaseName): Promise<string>
  /** A file in a folder that goes at the end. */
  file(name: string): Promise<string>
  /** Milliseconds of CPU of PostgreSQL's processes so far; 0 for SQLite, which is in the server; null where it cannot be told. */
  cpu(name: DatabaseName): Promise<number | null>
  close(): Promise<void>
}

export function openDatabases(): Databases {
  let folder: Promise<string> | undefined
  let postgres: Promise<{ readonly server: TestPostgres; readonly pid: number | null }> | undefined
  let made = 0
  const place = () => {
    folder ??= mkdtemp(join(tmpdir(), 'edict-bench-'))
    return folder
  }
  const started = () => {
    postgres ??= startDurably()
    return postgres
  }
  return {
    fresh: async (name) => {
      made += 1
      return name === 'sqlite' ? join(await place(), `sqlite-${made}`) : (await started()).server.url(`bench_${made}`)
    },
    file: async (name) => join(await place(), name),
    cpu: async (name) => {
      if (name === 'sqlite') return 0
      const { pid } = await started()
      return pid === null ? null : processTreeCpu(pid)
    },
    close: async () => {
      await (await postgres)?.server.stop()
      if (folder !== undefined) await rm(await folder, { recursive: true, force: true })
    },
  }
}

async function startDurably() {
  const server = await startPostgres()
  const client = new pg.Client({ connectionString: await server.url('bench_settings') })
  await client.connect()
  try {
    const setting = async (name: string) => (await client.query(`select current_setting('${name}') as is`)).rows[0].is
    for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      const is = await setting(name)
      if (is !== 'on') throw new Error(`Cannot measure what is durable: ${name} of PostgreSQL is ${is}, expected on`)
    }
    const { rows } = await client.query("select pg_read_file('postmaster.pid') as text")
    const pid = Number(String(rows[0].text).split('\n')[0])
    return { server, pid: Number.isSafeInteger(pid) ? pid : null }
  } finally {
    await client.end()
  }
}
