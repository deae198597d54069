import { createHash, randomBytes } from 'node:crypto'
import { PkiError } from '../pki-error.ts'

/** A challenge as the server keeps it: never the secret itself. All times are milliseconds since 1970. */
export interface Challenge {
  /** SHA-256 of the secret, in hexadecimal: by it a challenge is found. */
  readonly hash: string
  /** Whom the certificate will speak for; null when any new one may take it. The request cannot choose. */
  readonly enrollment: string | null
  readonly expiresAt: number
  /** The first request that used it. */
  readonly used?: ChallengeUse
}

export interface ChallengeUse {
  /** SHA-256 of the SubjectPublicKeyInfo, in hexadecimal. */
  readonly key: string
}

/** A request that shows a challenge. */
export interface ChallengeAttempt {
  readonly secret: string
  /** SubjectPublicKeyInfo of the request, in DER. */
  readonly publicKeyInfo: Uint8Array
  readonly now: number
}

export type ChallengeDecision =
  /** Issue, and keep `challenge` in place of the one given, in the same transaction. */
  | { readonly kind: 'issue'; readonly challenge: Challenge }
  /** The same request again, whose answer was lost: the same certificate is the answer. */
  | { readonly kind: 'repeat'; readonly challenge: Challenge }
  | { readonly kind: 'refuse'; readonly reason: 'unknown' | 'expired' | 'used' }

/** No challenge lives longer. Milliseconds. */
export const maximumChallengeLifetime = 3_600_000

/** How long a request may be repeated after its challenge expired: devices try again within minutes, or after a restart. */
const repeatable = 24 * 3_600_000

/** Makes a challenge of 160 random bits: the secret for the profile, and what to keep. @throws {PkiError} `challenge-lifetime` */
export function createChallenge(enrollment: string | null, now: number, lifetime: number = maximumChallengeLifetime) {
  if (!(lifetime > 0 && lifetime <= maximumChallengeLifetime)) {
    const expected = `${maximumChallengeLifetime} ms at most`
    throw new PkiError('challenge-lifetime', `Cannot make challenge: it would live for ${lifetime} ms`, { expected })
  }
  const secret = randomBytes(20).toString('base64url')
  const challenge: Challenge = { hash: hashChallenge(secret), enrollment, expiresAt: now + lifetime }
  return { secret, challenge }
}

/** By this a challenge is found. Looking up a hash tells nobody how much of a secret was right. */
export function hashChallenge(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex')
}

/**
 * Decides whether a request may have a certificate for its challenge (found by `hashChallenge`; undefined when there is none). The
 * first key that shows it owns it: another key is refused, the same one may repeat itself.
 */
export function judgeChallenge(challenge: Challenge | undefined, attempt: ChallengeAttempt): ChallengeDecision {
  if (!challenge || challenge.hash !== hashChallenge(attempt.secret)) return { kind: 'refuse', reason: 'unknown' }
  const key = createHash('sha256').update(attempt.publicKeyInfo).digest('hex')
  if (challenge.used) {
    if (challenge.used.key !== key) return { kind: 'refuse', reason: 'used' }
    if (attempt.now > challenge.expiresAt + repeatable) return { kind: 'refuse', reason: 'expired' }
    return { kind: 'repeat', challenge }
  }
  if (attempt.now > challenge.expiresAt) return { kind: 'refuse', reason: 'expired' }
  return { kind: 'issue', challenge: { ...challenge, used: { key } } }
}
