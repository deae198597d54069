import { checkPrime, createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { type KeySource, newKeys } from './key-source.ts'

const isPrime = promisify<bigint, boolean>((candidate, done) => checkPrime(candidate, done))
const exponent = 65537n
const primeBytes = 128

/**
 * RSA keys of 2048 bits for fleets of tests, all different and the same for the same seed: each is made of two primes of a
 * row in which n keys need about √2n. A thousand keys cost 46 primes. They are worth nothing as keys: who sees two that share a prime
 * has both. Other sizes are made anew.
 */
export function relatedKeys(seed: string): KeySource {
  const primes: Promise<bigint>[] = []
  const prime = (index: number): Promise<bigint> => {
    const known = primes[index] ?? seededPrime(seed, index)
    primes[index] = known
    return known
  }
  let next = 0
  return async (bits) => {
    if (bits !== 2048) return newKeys(bits)
    const [larger, smaller] = pair(next++)
    return keyOf(await prime(larger), await prime(smaller))
  }
}

/** The n-th pair of different numbers: 1 0, 2 0, 2 1, 3 0, … */
function pair(n: number): readonly [number, number] {
  const larger = Math.floor((1 + Math.sqrt(1 + 8 * n)) / 2)
  return [larger, n - (larger * (larger - 1)) / 2]
}

/** The first prime from a seeded start on, with its two highest bits set so that two of them make 2048 bits. */
async function seededPrime(seed: string, index: number): Promise<bigint> {
  const blocks = [0, 1, 2, 3].map((block) =>
    createHash('sha256')
      .update(JSON.stringify([seed, 'prime', index, block]))
      .digest('hex'),
  )
  const top = 3n << BigInt(primeBytes * 8 - 2)
  for (let candidate = BigInt(`0x${blocks.join('')}`) | top | 1n; ; candidate += 2n) {
    if (hasSmallFactor(candidate) || candidate % exponent === 1n) continue
    if (await isPrime(candidate)) return candidate
  }
}

const smallPrimes = [3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n]

function hasSmallFactor(candidate: bigint): boolean {
  return smallPrimes.some((small) => candidate % small === 0n)
}

function keyOf(p: bigint, q: bigint): KeyObject {
  const d = inverse(exponent, (p - 1n) * (q - 1n))
  const parts = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const key = Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, base64url(value)]))
  return createPrivateKey({ format: 'jwk', key: { kty: 'RSA', ...key } })
}

/** Of `a` modulo `m`, which have no common factor: the extended Euclidean algorithm. */
function inverse(a: bigint, m: bigint): bigint {
  let [r, before] = [m, a % m]
  let [t, found] = [0n, 1n]
  while (before !== 0n) {
    const quotient = r / before
    ;[r, before] = [before, r - quotient * before]
    ;[t, found] = [found, t - quotient * found]
  }
  return t < 0n ? t + m : t
}

function base64url(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url')
}
