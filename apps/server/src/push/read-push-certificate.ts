import { createPrivateKey, type KeyObject } from 'node:crypto'
import {
  type Certificate,
  clientAuth,
  decodePem,
  encodePem,
  nameValues,
  PkiError,
  readCertificate,
  refuseWeakKey,
} from '@edict/pki'

const TOPIC = /^com\.apple\.mgmt\.[\w.-]+$/

/** A push certificate that can be used. */
export interface ReadPushCertificate {
  readonly certificate: Certificate
  /** Certificates that came with it, in PEM; may be empty. */
  readonly chain: string
  readonly topic: string
}

/** What is wrong with a file of a push certificate, and what to do. */
export class PushCertificateFlaw extends Error {
  readonly at: '/certificate' | '/key'
  readonly found: string
  readonly expected: string
  readonly remedy: string

  constructor(at: PushCertificateFlaw['at'], message: string, found: string, expected: string, remedy: string) {
    super(message)
    this.at = at
    this.found = found
    this.expected = expected
    this.remedy = remedy
  }
}

/**
 * Reads a push certificate for device management. Its topic is the user id of its subject (0.9.2342.19200300.100.1.1), which begins
 * with `com.apple.mgmt.`; it is for clients, and valid now.
 *
 * @param pem the certificate; others that came along may stand beside it
 * @throws PushCertificateFlaw
 * @see https://developer.apple.com/documentation/devicemanagement/setting-up-push-notifications-for-your-mdm-customers
 */
export function readPushCertificate(pem: string, now: number): ReadPushCertificate {
  const all = certificatesIn(pem)
  const certificate = all.find((one) => topicOf(one) !== undefined)
  const topic = certificate === undefined ? undefined : topicOf(certificate)
  if (certificate === undefined || topic === undefined) {
    throw flaw(
      'it has no topic of device management',
      all[0]?.x509.subject.replaceAll('\n', ', ') ?? '',
      'a user id (UID) in the subject that begins with com.apple.mgmt.',
      'download the certificate again from identity.apple.com/pushcert; one for apps or for wallets does not do',
    )
  }
  const date = (at: number) => new Date(at).toISOString()
  if (certificate.notAfter < now) {
    const remedy = 'renew it at identity.apple.com/pushcert, with the Apple Account that made it'
    throw flaw('it has expired', date(certificate.notAfter), `an end after ${date(now)}`, remedy)
  }
  if (certificate.notBefore > now) {
    const remedy = 'set the clock of this machine right'
    throw flaw('it is not valid yet', date(certificate.notBefore), `a start before ${date(now)}`, remedy)
  }
  const purposes = certificate.extendedKeyUsage ?? []
  if (!purposes.includes(clientAuth)) {
    const remedy = 'download the certificate again from identity.apple.com/pushcert'
    throw flaw('it is not for clients of TLS', purposes.join(', '), clientAuth, remedy)
  }
  try {
    refuseWeakKey(certificate.publicKey)
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    throw flaw(error.message, String(error.found ?? ''), error.expected ?? '', 'ask for one with a key of RSA 2048')
  }
  const others = all.filter((one) => one !== certificate)
  return { certificate, chain: others.map(({ der }) => encodePem(der, 'CERTIFICATE')).join(''), topic }
}

/**
 * Reads the private key that came beside a push certificate.
 *
 * @throws PushCertificateFlaw when it is none, is encrypted, or is another's
 */
export function readPushKey(pem: string, { x509 }: Certificate): KeyObject {
  const key = parseKey(pem)
  if (x509.checkPrivateKey(key)) return key
  throw new PushCertificateFlaw(
    '/key',
    'Cannot use this key: it is not the one of the certificate',
    'another key',
    'the private key whose request was signed',
    'give the key that the request was made with; when it was made here, leave the key away',
  )
}

function topicOf({ subject }: Certificate): string | undefined {
  return nameValues(subject, 'UID').find((value) => TOPIC.test(value))
}

function certificatesIn(pem: string): readonly Certificate[] {
  try {
    return decodePem(pem, 'CERTIFICATE').map((der) => readCertificate(der))
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    const remedy =
      'give it in PEM: openssl x509 -inform der -in FILE -out push.pem, or openssl pkcs12 -in FILE -nokeys -out push.pem'
    throw flaw(error.message, pem.slice(0, 32), '-----BEGIN CERTIFICATE-----', remedy)
  }
}

function parseKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch (error) {
    const isLocked = /ENCRYPTED/.test(pem)
    const [found, remedy] = isLocked
      ? ['an encrypted key', 'take the password off: openssl pkey -in FILE -out push.key']
      : [
          'no private key',
          'give it in PEM; out of a PKCS#12 file: openssl pkcs12 -in FILE -nocerts -nodes -out push.key',
        ]
    throw new PushCertificateFlaw(
      '/key',
      `Cannot read this key: ${(error as NodeJS.ErrnoException).code ?? 'it is none'}`,
      found,
      '-----BEGIN PRIVATE KEY-----',
      remedy,
    )
  }
}

function flaw(what: string, found: string, expected: string, remedy: string): PushCertificateFlaw {
  return new PushCertificateFlaw('/certificate', `Cannot use this push certificate: ${what}`, found, expected, remedy)
}
