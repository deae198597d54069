import { type Certificate, encodePem, readCertificate } from '@edict/pki'
import { createChallenge } from '../operations/create-challenge.ts'
import type { Services } from '../services.ts'
import { moment, momentOrNull } from './moment.ts'
import type { Handlers } from './request.ts'

export const authorityHandlers: Handlers<'list-authorities' | 'rotate-authority' | 'create-challenge'> = {
  'list-authorities': async (_request, services) => listed(services),

  'rotate-authority': async ({ write }, services) => {
    const { actor, action, subject: target, detail } = write
    await services.trust.rotate({ actor, action, target, detail })
    return listed(services)
  },

  'create-challenge': async ({ body, write }, services) => {
    const { enrollment = null, lifetime } = body
    const milliseconds = lifetime === undefined ? undefined : lifetime * 1000
    const { secret, meant, expiresAt } = await createChallenge(enrollment, milliseconds, write, services)
    return { challenge: secret, enrollment: meant, expiresAt: moment(expiresAt) }
  },
}

async function listed({ store, trust, now }: Pick<Services, 'store' | 'trust' | 'now'>) {
  const at = now()
  const own = await Promise.all(
    (await store.read.authorities(at)).map(async ({ id, certificate, madeAt, retiredAt }) => ({
      id,
      state: retiredAt === null ? ('issuing' as const) : ('retired' as const),
      madeAt: moment(madeAt),
      retiredAt: momentOrNull(retiredAt),
      certificates: await store.read.certificatesAlive(id, at),
      ...shown(readCertificate(certificate)),
    })),
  )
  const external = trust.external.map((certificate) => ({
    id: null,
    state: 'external' as const,
    madeAt: null,
    retiredAt: null,
    certificates: null,
    ...shown(certificate),
  }))
  return { items: [...own, ...external] }
}

function shown({ x509, fingerprint, notAfter, der }: Certificate) {
  return {
    subject: x509.subject.replaceAll('\n', ', '),
    fingerprint,
    notAfter: moment(notAfter),
    pem: encodePem(der, 'CERTIFICATE'),
  }
}
