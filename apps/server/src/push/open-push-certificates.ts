import { encodePem } from '@edict/pki'
import type { PushCertificate } from '@edict/store'
import { ConfigError, DEFAULT_TOPIC } from '../config.ts'
import type { Services } from '../services.ts'
import type { Credentials } from './credentials.ts'
import type { PushCertificates, UsedPushCertificate } from './push-certificates.ts'
import { pushKey } from './push-key.ts'

type Uses = Pick<Services, 'store' | 'readCertificate' | 'escrow' | 'log' | 'metrics' | 'now'>

/** How long what another node imported may go unnoticed, in milliseconds. */
const EVERY = 5_000

/**
 * Reads what is stored, and looks again now and then. `--topic` may be said to be sure of it, but the certificate decides.
 *
 * @param wanted `--topic`, when it was said
 * @throws ConfigError when it is not that of the certificate
 */
export async function openPushCertificates(wanted: string | null, services: Uses): Promise<PushCertificates> {
  const { store, readCertificate, log, metrics, now } = services
  const opened = new Map<string, Credentials | null>()
  let stored: readonly PushCertificate[] = []
  let used: readonly UsedPushCertificate[] = []

  const refresh = async (): Promise<void> => {
    stored = await store.read.pushCertificates()
    used = stored.flatMap(({ id, topic, certificate, importedAt }) =>
      topic === null || certificate === null || importedAt === null
        ? []
        : [{ id, topic, certificate: readCertificate(certificate), importedAt }],
    )
    metrics.pushCertificates.reset()
    for (const { topic, certificate } of used) {
      metrics.pushCertificates.set({ topic }, Math.floor((certificate.notAfter - now()) / 1000))
    }
  }
  const open = async (topic: string): Promise<Credentials | null> => {
    const one = used.find((each) => each.topic === topic)
    if (one === undefined) return null
    const { fingerprint, der } = one.certificate
    const known = opened.get(fingerprint)
    if (known !== undefined) return known
    const key = await pushKey(one.id, store.read, services)
    const chain = stored.find(({ id }) => id === one.id)?.chain ?? ''
    const made =
      key === undefined
        ? null
        : {
            cert: encodePem(der, 'CERTIFICATE') + chain,
            key: String(key.export({ format: 'pem', type: 'pkcs8' })),
            fingerprint,
          }
    opened.set(fingerprint, made)
    return made
  }

  await refresh()
  const [current] = used
  if (wanted !== null && current !== undefined && current.topic !== wanted) {
    throw new ConfigError(
      `Cannot start with --topic ${wanted}: the push certificate is for ${current.topic}; leave --topic away, for the certificate decides, or import the certificate for ${wanted}`,
    )
  }
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn({ err: error }, 'push certificates could not be looked at'))
  }, EVERY)
  timer.unref()
  return {
    get topic() {
      return used[0]?.topic ?? wanted ?? DEFAULT_TOPIC
    },
    wanted,
    get used() {
      return used
    },
    credentials: open,
    refresh,
    stop: () => clearInterval(timer),
  }
}
