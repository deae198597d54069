import { randomBytes } from 'node:crypto'
import { readConfig } from '@edict/server'
import { ADMIN_TOKEN } from '../load/admin.ts'
import { type ServerProcess, startProcess } from './child.ts'

/** Of a database that the measurement throws away. */
const MASTER_KEY = randomBytes(32).toString('hex')

/** Edict as it runs in earnest: durable, with a line in its log for each request of a device, and no push service. */
export function startEdict(
  database: string,
  log: string,
  more: Readonly<Record<string, string | boolean>> = {},
): Promise<ServerProcess> {
  const usual = { listen: '127.0.0.1:0', database, insecureDevices: true, logLevel: 'info', wakeWindow: '2000' }
  const options = { ...usual, ...more }
  const profile = process.env.EDICT_BENCH_PROFILE
  const nodeOptions = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  return startProcess(
    new URL('./edict.ts', import.meta.url),
    readConfig(options, ADMIN_TOKEN, MASTER_KEY),
    log,
    nodeOptions,
  )
}

/** Bare Fastify in the same layout; `PUT /<size>` answers so many octets. */
export function startBare(sizes: readonly number[]): Promise<ServerProcess> {
  return startProcess(new URL('./bare.ts', import.meta.url), [...new Set(sizes)], null)
}
