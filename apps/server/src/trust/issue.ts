import { createHash } from 'node:crypto'
import type { EnrolledAccount } from '@edict/core'
import {
  type Certificate,
  type CertificateRequest,
  type ChallengeDecision,
  clientAuth,
  commonName,
  hashChallenge,
  issueIdentity,
  judgeChallenge,
  maximumAttributeLength,
  PkiError,
  type ReadCertificate,
  serialNumber,
  verifyChain,
} from '@edict/pki'
import type { StoredAuthority, StoredCertificate, StoredChallenge, Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import type { Asked, Granted, RefusedFor } from './asked.ts'
import type { OpenAuthority } from './authority.ts'

/** How long an identity is good for. It is renewed well before. */
const identityDays = 365

/** What issuing needs beside the database. */
export interface Issuer {
  readonly open: (authorities: readonly StoredAuthority[]) => OpenAuthority
  readonly readCertificate: ReadCertificate
  /** Hash of the challenge that everybody may use; null when there is none. */
  readonly staticChallenge: string | null
}

/** A right to one certificate. */
interface Right {
  readonly kind: 'right'
  /** Names the right; one certificate is issued for it. */
  readonly askedWith: string
  readonly enrollment: string | null
  /** Whose account-driven enrollment it is for; absent for every other one. */
  readonly account?: EnrolledAccount
}

type Uses = Pick<Services, 'store' | 'now' | 'newId'>
type NotGranted = Extract<Granted, { kind: 'refused' }>

/**
 * Issues the identity of a device: the one function that does. The right to it is judged and used up in the transaction that
 * stores the certificate. The same key with the same right is answered with the same certificate; another key never is.
 */
export async function issue(asked: Asked, services: Uses, issuer: Issuer): Promise<Granted> {
  return services.store.transaction(async (tx) => {
    const now = services.now()
    const authorities = await tx.authorities(now)
    const right = await rightOf(asked, tx, authorities, issuer, now)
    if (right.kind === 'refused') return right
    const before = await tx.certificateAskedWith(right.askedWith)
    if (before !== undefined) return again(before, asked, authorities, issuer)
    const by = issuer.open(authorities)
    const certificate = await issueIdentity(by, asked.request, {
      subject: [{ type: 'CN', value: nameFor(right.enrollment) ?? services.newId() }],
      uris: right.enrollment === null ? [] : [`urn:edict:enrollment:${encodeURIComponent(right.enrollment)}`],
      now,
      days: identityDays,
    })
    const added = await tx.addCertificate({
      fingerprint: certificate.fingerprint,
      authority: by.id,
      serial: serialNumber(certificate),
      subject: commonName(certificate.subject) ?? '',
      enrollment: right.enrollment,
      askedWith: right.askedWith,
      transactionId: asked.transactionId,
      requestHash: asked.request.fingerprint,
      der: certificate.der,
      issuedAt: now,
      notAfter: certificate.notAfter,
      ...accountOf(right),
      revoked: null,
    })
    if (added) return { kind: 'issued', certificate, authority: by.certificate, enrollment: right.enrollment }
    const first = await tx.certificateAskedWith(right.askedWith)
    if (first === undefined) throw new Error(`Cannot issue certificate: ${right.askedWith} was used, by nobody`)
    return again(first, asked, authorities, issuer)
  })
}

function rightOf(
  asked: Asked,
  tx: Transaction,
  authorities: readonly StoredAuthority[],
  issuer: Issuer,
  now: number,
): Promise<Right | NotGranted> {
  if (asked.by === 'challenge') return rightByChallenge(asked.request, tx, issuer, now)
  return rightByCertificate(asked.by, tx, authorities, issuer, now)
}

async function rightByChallenge(
  { challengePassword: secret, publicKeyInfo }: CertificateRequest,
  tx: Transaction,
  { staticChallenge }: Issuer,
  now: number,
): Promise<Right | NotGranted> {
  if (secret === undefined) return refused('challenge-missing')
  const hash = hashChallenge(secret)
  const key = keyHash(publicKeyInfo)
  if (hash === staticChallenge) return { kind: 'right', askedWith: `static:${key}`, enrollment: null }
  let stored: StoredChallenge | undefined
  const judge = async (): Promise<ChallengeDecision> => {
    stored = await tx.challenge(hash)
    const used = stored?.used ? { used: { key: stored.used.key } } : {}
    const challenge = stored && { hash, enrollment: stored.meant, expiresAt: stored.expiresAt, ...used }
    return judgeChallenge(challenge, { secret, publicKeyInfo, now })
  }
  let decision = await judge()
  if (decision.kind === 'issue') {
    const { enrollment } = decision.challenge
    if (enrollment !== null) await tx.lock([enrollment])
    if (!(await tx.takeChallenge(hash, { key, at: now }))) {
      decision = await judge()
      if (decision.kind === 'issue') return refused('challenge-used')
    }
  }
  if (decision.kind === 'refuse') return refused(`challenge-${decision.reason}`)
  const askedWith = `challenge:${hash}`
  return { kind: 'right', askedWith, enrollment: decision.challenge.enrollment, ...accountOf(stored) }
}

/** A certificate may be followed by one other: for the device that it is tied to, while neither is revoked. */
async function rightByCertificate(
  old: Certificate,
  tx: Transaction,
  authorities: readonly StoredAuthority[],
  { readCertificate }: Issuer,
  now: number,
): Promise<Right | NotGranted> {
  const roots = authorities.map(({ certificate }) => readCertificate(certificate))
  try {
    verifyChain(old, { roots, now, purpose: clientAuth })
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return refused('renewal-untrusted')
  }
  const tied = await tx.pin(old.fingerprint)
  if (tied === undefined) return refused('renewal-not-enrolled')
  await tx.lock([tied.enrollment])
  const [pin, stored] = [await tx.pin(old.fingerprint), await tx.certificate(old.fingerprint)]
  if (stored === undefined) return refused('renewal-untrusted')
  if (pin === undefined || pin.state === 'revoked' || stored.revoked !== null) return refused('renewal-revoked')
  return { kind: 'right', askedWith: `certificate:${old.fingerprint}`, enrollment: pin.enrollment, ...accountOf(pin) }
}

function accountOf(of: { readonly account?: EnrolledAccount } | undefined): { readonly account?: EnrolledAccount } {
  return of?.account === undefined ? {} : { account: of.account }
}

/** A right that was used: its certificate once more for the key that has it, nothing for another. */
function again(
  stored: StoredCertificate,
  { request, by }: Asked,
  authorities: readonly StoredAuthority[],
  { readCertificate, open }: Issuer,
): Granted {
  const certificate = readCertificate(stored.der)
  if (!Buffer.from(certificate.publicKeyInfo).equals(request.publicKeyInfo))
    return refused(by === 'challenge' ? 'challenge-used' : 'renewal-used')
  if (stored.revoked !== null) return refused('certificate-revoked')
  const own = authorities.find(({ id }) => id === stored.authority)
  const authority = own === undefined ? open(authorities).certificate : readCertificate(own.certificate)
  return { kind: 'repeated', certificate, authority, enrollment: stored.enrollment }
}

/** An enrollment's id as a common name, where it can be one as it is. */
function nameFor(enrollment: string | null): string | null {
  return enrollment !== null && Buffer.byteLength(enrollment) <= maximumAttributeLength ? enrollment : null
}

function keyHash(publicKeyInfo: Uint8Array): string {
  return createHash('sha256').update(publicKeyInfo).digest('hex')
}

function refused(reason: RefusedFor): NotGranted {
  return { kind: 'refused', reason }
}
