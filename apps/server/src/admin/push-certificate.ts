import { expiryWarning } from '@edict/core'
import { encodePem } from '@edict/pki'
import type { PushCertificate } from '@edict/store'
import { importPushCertificate } from '../operations/import-push-certificate.ts'
import { requestPushCertificate } from '../operations/request-push-certificate.ts'
import type { UsedPushCertificate } from '../push/push-certificates.ts'
import type { Services } from '../services.ts'
import { moment } from './moment.ts'
import type { Handlers } from './request.ts'

const NAME = 'Edict push certificate'

export const pushCertificateHandlers: Handlers<
  'get-push-certificate' | 'put-push-certificate' | 'request-push-certificate'
> = {
  'get-push-certificate': async (_request, services) => shown(services),

  'put-push-certificate': async ({ body, write }, services) => {
    const { certificate, key = null, force = false } = body
    await importPushCertificate({ certificate, key, force }, write, services)
    return shown(services)
  },

  'request-push-certificate': async ({ body, write }, services) =>
    requested(await requestPushCertificate(body.name ?? NAME, write, services)),
}

async function shown({ store, pushCertificates, pushing, now }: Services) {
  await pushCertificates.refresh()
  const [current = null, ...earlier] = pushCertificates.used.map((one) => used(one, now()))
  const asked = (await store.read.pushCertificates()).filter(({ importedAt }) => importedAt === null)
  const alarms = [...pushing.alarms].map(([topic, { reason, since, devices, of, until }]) => ({
    topic,
    reason,
    since: moment(since),
    devices,
    of,
    nextTryAt: moment(until),
  }))
  return { current, earlier, requests: asked.map(requested), alarms }
}

function used({ topic, certificate, importedAt }: UsedPushCertificate, now: number) {
  const { x509, fingerprint, notBefore, notAfter, der } = certificate
  return {
    topic,
    subject: x509.subject.replaceAll('\n', ', '),
    fingerprint,
    validFrom: moment(notBefore),
    expiresAt: moment(notAfter),
    importedAt: moment(importedAt),
    warning: expiryWarning(notAfter, now),
    pem: encodePem(der, 'CERTIFICATE'),
  }
}

function requested({ id, madeAt, request }: PushCertificate) {
  return { id, madeAt: moment(madeAt), request: encodePem(request ?? new Uint8Array(), 'CERTIFICATE REQUEST') }
}
