import { createHash, type KeyObject } from 'node:crypto'
import {
  type Certificate,
  createCertificateRequest,
  createScepRequest,
  createSelfSigned,
  encodeBase64,
  type KeyPair,
  type NameAttribute,
  PkiError,
  readAuthorityCertificates,
  readScepCapabilities,
  readScepReply,
  type ScepReply,
} from '@edict/pki'
import type { Clock } from '../clock.ts'
import { DeviceError } from '../device-error.ts'
import type { Answer } from '../transport.ts'
import type { ScepTerms } from './enrollment-profile.ts'

/** How SCEP's requests leave the device. Null when there was no answer. */
export interface ScepLine {
  readonly clock: Clock
  get(operation: string, url: string): Promise<Answer | null>
  post(operation: string, url: string, body: Uint8Array): Promise<Answer | null>
}

/**
 * Gets a certificate for a key from a SCEP server, as an Apple device does: GetCACaps, GetCACert, then PKIOperation, signed by a
 * certificate of the key's own. What gets no answer, or `pending`, is sent again as it is, as often as the profile says.
 *
 * @see RFC 8894
 * @throws DeviceError `identity-refused`, `identity-unanswered`, `authority-foreign`
 */
export async function obtainIdentity(terms: ScepTerms, privateKey: KeyObject, line: ScepLine): Promise<KeyPair> {
  const get = (operation: string): Promise<Answer> => {
    const about = terms.name === null ? '' : `&message=${encodeURIComponent(terms.name)}`
    return must(operation, () => line.get(operation, `${terms.url}?operation=${operation}${about}`), terms, line)
  }
  const capabilities = readScepCapabilities(new TextDecoder().decode((await get('GetCACaps')).body))
  const answer = await get('GetCACert')
  const authorities = understood('GetCACert', () =>
    readAuthorityCertificates(answer.headers['content-type'] ?? '', answer.body),
  )
  const [recipient] = authorities
  if (recipient === undefined) throw refused('GetCACert', 'no certificate', 'a certificate')
  if (terms.fingerprint !== null) expectFingerprint(authorities, terms.fingerprint)

  const subject: readonly NameAttribute[] = terms.subject.length > 0 ? terms.subject : [{ type: 'CN', value: 'Device' }]
  const challenge = terms.challenge === null ? {} : { challengePassword: terms.challenge }
  const content = createCertificateRequest({ subject, privateKey, ...challenge })
  const signer = await createSelfSigned(subject, privateKey, line.clock.now())
  const { message, ...exchange } = createScepRequest({ kind: 'PKCSReq', content, signer, recipient })
  const ask = async (): Promise<ScepReply> => {
    const send = capabilities.has('POSTPKIOperation') || capabilities.has('SCEPStandard') ? line.post : line.get
    const query = send === line.post ? '' : `&message=${encodeURIComponent(encodeBase64(message))}`
    const url = `${terms.url}?operation=PKIOperation${query}`
    const { body } = await must('PKIOperation', () => send('PKIOperation', url, message), terms, line)
    return understood('PKIOperation', () => readScepReply(body, { exchange, recipient: signer, authorities }))
  }
  for (let attempt = 0; ; attempt += 1) {
    const reply = await ask()
    if (reply.status === 'failure') throw refused('PKIOperation', reply.failInfo, 'a certificate')
    if (reply.status === 'success') return { certificate: ours(reply.certificates, signer.certificate), privateKey }
    if (attempt === terms.retries) throw refused('PKIOperation', 'pending', 'a certificate')
    await pause(terms, line.clock)
  }
}

function ours(certificates: readonly Certificate[], own: Certificate): Certificate {
  const found = certificates.find(({ publicKeyInfo }) => Buffer.from(publicKeyInfo).equals(own.publicKeyInfo))
  if (found === undefined) throw refused('PKIOperation', 'a certificate for another key', 'one for its own')
  return found
}

const digests: ReadonlyMap<number, string> = new Map([
  [16, 'md5'],
  [20, 'sha1'],
  [32, 'sha256'],
])

function expectFingerprint(authorities: readonly Certificate[], fingerprint: Uint8Array): void {
  const digest = digests.get(fingerprint.length)
  const expected = Buffer.from(fingerprint)
  if (digest !== undefined && authorities.some(({ der }) => createHash(digest).update(der).digest().equals(expected)))
    return
  throw new DeviceError(
    'authority-foreign',
    'Cannot trust the SCEP server: its authority is not that of CAFingerprint',
    {
      at: 'CAFingerprint',
      found: authorities.map((one) => one.fingerprint).join(', '),
      expected: expected.toString('hex'),
    },
  )
}

/** An answer with status 200; what got none is sent again. */
async function must(
  operation: string,
  send: () => Promise<Answer | null>,
  terms: ScepTerms,
  { clock }: ScepLine,
): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await send()
    if (answer?.status === 200) return answer
    if (answer !== null && answer.status < 500) throw refused(operation, answer.status, '200')
    if (attempt === terms.retries) {
      throw new DeviceError('identity-unanswered', `Cannot get an identity: no answer to ${operation}`, {
        at: operation,
        found: answer?.status ?? null,
        expected: '200',
      })
    }
    await pause(terms, clock)
  }
}

function pause({ retryDelay }: ScepTerms, clock: Clock): Promise<void> {
  return new Promise((resolve) => clock.schedule(clock.now() + retryDelay * 1000, resolve))
}

function understood<T>(operation: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof PkiError) throw refused(operation, error.message, 'an answer that holds')
    throw error
  }
}

function refused(at: string, found: unknown, expected: string): DeviceError {
  return new DeviceError('identity-refused', `Cannot get an identity: ${found} to ${at}, expected ${expected}`, {
    at,
    found,
    expected,
  })
}
