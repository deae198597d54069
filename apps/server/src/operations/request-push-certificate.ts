import { createCertificateRequest, newPrivateKey } from '@edict/pki'
import type { PushCertificate } from '@edict/store'
import { forgetPushKey, keepPushKey } from '../push/push-key.ts'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'

/** Requests that are kept until a certificate comes for one of them. */
const MOST_REQUESTS = 5

/**
 * Makes a key and a request for a push certificate. The key stays here, sealed; a certificate that fits it is imported without one.
 * Apple takes RSA with 2048 bits, and puts a subject of its own into the certificate.
 */
export async function requestPushCertificate(
  name: string,
  { actor, action, subject: target }: Write,
  services: Pick<Services, 'store' | 'now' | 'newId' | 'escrow'>,
): Promise<PushCertificate> {
  const { store, now, newId } = services
  const key = await newPrivateKey('rsa-2048')
  const request = createCertificateRequest({ subject: [{ type: 'CN', value: name }], privateKey: key })
  return store.transaction(async (tx) => {
    await tx.lockRevision('update')
    const at = now()
    const made = { id: newId(), topic: null, certificate: null, chain: '', request, madeAt: at, importedAt: null }
    const asked = (await tx.pushCertificates()).filter(({ importedAt }) => importedAt === null)
    for (const { id } of asked.slice(MOST_REQUESTS - 1)) {
      await tx.deletePushCertificate(id)
      await forgetPushKey(tx, id)
    }
    await tx.putPushCertificate(made)
    await keepPushKey(tx, made.id, key, services)
    await tx.addAudit({ at, actor, action, target, revision: 0, detail: { id: made.id, name } })
    return made
  })
}
