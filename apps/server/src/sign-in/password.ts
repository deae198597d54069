import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Argon2id as OWASP recommends it where memory is shared: 19 MiB, two passes. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG = 32
const SALT = 16

/** Passwords that are checked at the same time, at most: each takes its memory, and waits for a thread. */
const AT_ONCE = 32

const derive = promisify<'argon2id', Argon2Parameters, Buffer>((algorithm, parameters, done) =>
  argon2(algorithm, parameters, done),
)

/** More passwords are being checked than this server does at once. */
export class PasswordsBusy extends Error {
  readonly code = 'sign-in-busy'
}

let underWay = 0

/** What a password is checked by later, in the form of the Argon2 reference: cost, salt and tag. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT)
  return written(salt, await tag(password, salt, COST))
}

/**
 * Whether it is the password of a hash. For an account that does not exist (`null`) it takes the same time, and the answer is no.
 *
 * @throws PasswordsBusy
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const stored = read(hash ?? NOBODY)
  const same = timingSafeEqual(await tag(password, stored.salt, stored.cost), stored.tag)
  return same && hash !== null
}

async function tag(password: string, salt: Uint8Array, cost: typeof COST): Promise<Buffer> {
  if (underWay >= AT_ONCE) throw new PasswordsBusy('Cannot check a password: too many are being checked')
  underWay += 1
  try {
    return await derive('argon2id', { message: password.normalize('NFC'), nonce: salt, tagLength: TAG, ...cost })
  } finally {
    underWay -= 1
  }
}

function written(salt: Buffer, made: Buffer): string {
  const { memory, passes, parallelism } = COST
  const [first, second] = [salt, made].map((part) => part.toString('base64').replace(/=+$/, ''))
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${first}$${second}`
}

const NOBODY = written(Buffer.alloc(SALT), Buffer.alloc(TAG))

function read(hash: string): { readonly cost: typeof COST; readonly salt: Buffer; readonly tag: Buffer } {
  const [, memory, passes, parallelism, salt, made] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? []
  if (salt === undefined || made === undefined) throw new Error('Cannot check a password: its hash has another form')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return { cost, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(made, 'base64') }
}
