import {
  createScepReply,
  type FailInfo,
  type RefusedScepRequest,
  readScepRequest,
  type ScepAnswer,
  type ScepRequest,
} from '@edict/pki'
import type { Services } from '../services.ts'
import type { Asked, Granted } from '../trust/asked.ts'

/** What was answered, and what to note of it. */
export interface PkiOperation {
  readonly reply: Uint8Array
  readonly kind: ScepRequest['kind'] | 'refused'
  /** `issued`, `repeated`, or why not. */
  readonly result: string
  readonly enrollment: string | null
}

interface Said {
  readonly answer: ScepAnswer
  readonly result: string
  readonly enrollment?: string | null
}

/**
 * Answers one SCEP message.
 *
 * @throws PkiError when it is not even a signed transaction
 */
export async function pkiOperation(
  message: Uint8Array,
  { trust, settings }: Pick<Services, 'trust' | 'settings'>,
): Promise<PkiOperation> {
  const authority = await trust.authority()
  const { lenientScep } = settings
  const request = readScepRequest(message, authority, { sha1: lenientScep, des: lenientScep })
  const { answer, result, enrollment = null } = await say(request, (asked) => trust.issue(asked))
  return { reply: createScepReply(request, answer, authority), kind: request.kind, result, enrollment }
}

async function say(
  request: ScepRequest | RefusedScepRequest,
  issue: (asked: Asked) => Promise<Granted>,
): Promise<Said> {
  if (request.kind === 'refused') return failure(request.failInfo, request.reason.code)
  // Nothing is ever left pending, so there is nothing to ask again for.
  if (request.kind === 'CertPoll') return failure('badCertId', 'nothing-pending')
  // The answer is encrypted to the signer. A right that is used up for an answer that cannot be written would be lost.
  if (request.signer.publicKey.asymmetricKeyType !== 'rsa') return failure('badAlg', 'key-unsupported')
  const granted = await issue({ request: request.request, transactionId: request.transactionId, by: rightOf(request) })
  if (granted.kind === 'refused') {
    const renewal = granted.reason.startsWith('renewal-')
    return failure(renewal ? 'badCertId' : 'badRequest', granted.reason, renewal ? 'renewal' : 'challenge')
  }
  const { certificate, authority, enrollment, kind } = granted
  const { signer: recipient, cipher } = request
  return {
    answer: { status: 'success', certificates: [certificate, authority], recipient, cipher },
    result: kind,
    enrollment,
  }
}

/** A challenge counts wherever it is allowed; who shows none has to be known by its certificate. */
function rightOf(request: Exclude<ScepRequest, { kind: 'CertPoll' }>): Asked['by'] {
  if (request.kind === 'PKCSReq' && request.request.challengePassword !== undefined) return 'challenge'
  return request.signedBy === 'certificate' ? request.signer : 'challenge'
}

/** What the client is told. The log has the reason; a client that guesses learns nothing of it. */
const texts = {
  challenge: 'Cannot issue a certificate: the challenge is missing, unknown, over or used by another key',
  renewal: 'Cannot renew: the certificate is not of an enrolled device, or is renewed or revoked',
} as const

function failure(failInfo: FailInfo, result: string, text?: keyof typeof texts): Said {
  return { answer: { status: 'failure', failInfo, ...(text === undefined ? {} : { text: texts[text] }) }, result }
}
