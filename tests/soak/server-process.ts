import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TOKEN } from '../harness/admin.ts'
import { MASTER_KEY } from '../harness/keys.ts'

/** `edict serve` as a process of its own, which can be killed. */
export interface ServerProcess {
  readonly url: string
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url))

/** A server that is killed does not keep what it compiled. The first one ends by itself, and all others begin from what it kept. */
let compiled: Promise<void> | undefined

/** Starts it on a port that stays the same over restarts, and waits until it says that it listens. */
export async function startServerProcess(
  port: number,
  database: string,
  options: readonly string[] = [],
): Promise<ServerProcess> {
  compiled ??= spawned(port, database, options).then(({ end }) => end('SIGTERM'))
  await compiled
  const { url, end } = await spawned(port, database, options)
  return { url, kill: () => end('SIGKILL') }
}

interface Spawned {
  readonly url: string
  end(signal: NodeJS.Signals): Promise<void>
}

async function spawned(port: number, database: string, options: readonly string[]): Promise<Spawned> {
  const place = database.startsWith('postgres') ? ['--database', database] : ['--data', database]
  const listen = `127.0.0.1:${port}`
  const args = [
    PROGRAM,
    'serve',
    '--listen',
    listen,
    ...place,
    '--insecure-devices',
    '--log-level',
    'error',
    ...options,
  ]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      NODE_COMPILE_CACHE: join(tmpdir(), 'edict-compile-cache'),
      ...process.env,
      EDICT_ADMIN_TOKEN: TOKEN,
      EDICT_MASTER_KEY: MASTER_KEY,
    },
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await listening(child)
  return {
    url: `http://${listen}`,
    end: async (signal) => {
      child.kill(signal)
      await gone
    },
  }
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)))
    child.stdout?.once('data', () => resolve())
  })
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
