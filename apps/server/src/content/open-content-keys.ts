import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type KeyFor, type KeyVariable, secretsIn } from '@edict/core'
import type { Reads, Transaction } from '@edict/store'
import { escrowSecret } from '../escrow/escrow-secret.ts'
import { openSecret } from '../escrow/open-secret.ts'
import { SERVER } from '../escrow/secret-name.ts'
import type { Services } from '../services.ts'
import { type ContentKeys, KeyUnavailable } from './content-keys.ts'

/** By this name the secrets lie sealed, counted by their period. */
const NAME = 'content-key'

/** Octets. */
const SECRET = 32

/** Secrets are content of the database that never changes: every node knows the same. */
export function openContentKeys(uses: Pick<Services, 'escrow' | 'log'>): ContentKeys {
  const known = new Map<number, Uint8Array>()
  const secretOf = async (count: number, reads: Pick<Reads, 'secret'>): Promise<Uint8Array | null> => {
    const cached = known.get(count)
    if (cached !== undefined) return cached
    const stored = await reads.secret(SERVER, NAME, count)
    if (stored === undefined) return null
    const opened = openSecret(SERVER, stored, uses)
    if (opened.kind !== 'open')
      throw new KeyUnavailable(`Cannot make keys of content by secret ${count}: ${opened.why}`)
    known.set(count, opened.secret)
    return opened.secret
  }
  const madeWith = async (wanted: Iterable<number>, reads: Pick<Reads, 'secret'>): Promise<KeyFor> => {
    const secrets = new Map<number, Uint8Array>()
    for (const count of wanted) {
      const secret = await secretOf(count, reads)
      if (secret === null) throw new KeyUnavailable(`Cannot make keys of content: there is no secret ${count}`)
      secrets.set(count, secret)
    }
    return (variable, enrollment) => {
      const secret = secrets.get(variable.secret)
      if (secret === undefined) throw new Error(`Cannot make a key of content: secret ${variable.secret} was not read`)
      return keyText(variable, enrollment, secret)
    }
  }
  return {
    madeWith,
    madeFor: (payloads, reads) => madeWith(new Set([...payloads].flatMap(secretsIn)), reads),

    async read(key, sha256, reads) {
      const [, count, encoded] = KEY.exec(key) ?? []
      if (count === undefined || encoded === undefined) return null
      const secret = Number(count)
      const opened = await secretOf(secret, reads)
      if (opened === null) return null
      const enrollment = Buffer.from(encoded, 'base64url').toString('utf8')
      return same(key, keyText({ secret, sha256 }, enrollment, opened)) ? { enrollment, secret } : null
    },
  }
}

/** The secret that keys are made with now, counted; the first is made here. The revision has been locked for update. */
export async function presentSecret(tx: Transaction, services: Pick<Services, 'escrow' | 'now'>): Promise<number> {
  const stored = await tx.secret(SERVER, NAME)
  return stored === undefined ? putSecret(tx, 1, services) : stored.period
}

/** Another secret, with which keys are made from now on. The revision has been locked for update. */
export async function nextSecret(tx: Transaction, services: Pick<Services, 'escrow' | 'now'>): Promise<number> {
  const stored = await tx.secret(SERVER, NAME)
  return putSecret(tx, (stored?.period ?? 0) + 1, services)
}

async function putSecret(tx: Transaction, period: number, services: Pick<Services, 'escrow' | 'now'>): Promise<number> {
  const made = { enrollment: SERVER, name: NAME, period, secret: randomBytes(SECRET), at: services.now() }
  await escrowSecret(tx, made, services)
  return period
}

/** Who it is for stands in it, for a device says nothing else. */
function keyText({ secret: count, sha256 }: KeyVariable, enrollment: string, secret: Uint8Array): string {
  const code = createHmac('sha256', secret)
    .update(JSON.stringify(['content', enrollment, sha256]))
    .digest('base64url')
  return `${count}.${Buffer.from(enrollment).toString('base64url')}.${code}`
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const KEY = /^([0-9]{1,9})\.([A-Za-z0-9_-]{1,800})\.[A-Za-z0-9_-]{43}$/
