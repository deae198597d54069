import type { KeyObject } from 'node:crypto'
import type { JsonObject } from '@edict/protocol'
import type { Channel, Transaction } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import { forgetPushKey, keepPushKey, pushKey } from '../push/push-key.ts'
import {
  PushCertificateFlaw,
  type ReadPushCertificate,
  readPushCertificate,
  readPushKey,
} from '../push/read-push-certificate.ts'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'

type Uses = Pick<Services, 'store' | 'now' | 'newId' | 'escrow' | 'log' | 'pushCertificates'>

export interface PushCertificateWish {
  /** PEM. */
  readonly certificate: string
  /** PEM; null where the request was made here. */
  readonly key: string | null
  /** Though enrolled devices have another topic. */
  readonly force: boolean
}

const PAGE = 1000

/**
 * Imports a push certificate: the new one for its topic, and the one whose topic stands in profiles from now on. One for another topic is
 * kept for as long as devices have that.
 *
 * @throws AdminError `push-certificate-unusable`, `push-key-missing`, `push-topic-differs`
 */
export async function importPushCertificate(
  { certificate: pem, key: keyPem, force }: PushCertificateWish,
  { actor, action, subject: target }: Write,
  services: Uses,
): Promise<void> {
  const { store, now, pushCertificates } = services
  const [read, given] = usable(pem, keyPem, now())
  const { topic, certificate, chain } = read
  const others = await devicesWithAnother(topic, store)
  mustBeTopic(topic, others, force, pushCertificates.wanted)
  await store.transaction(async (tx) => {
    await tx.lockRevision('update')
    const at = now()
    const { id, request, madeAt, key } = given ?? (await keptKey(tx, read, services))
    const before = await tx.pushCertificates()
    const replaced = before.find((one) => one.topic === topic && one.id !== id)
    // The last one counts, also when the clock went back.
    const importedAt = Math.max(at, (before[0]?.importedAt ?? 0) + 1)
    await tx.putPushCertificate({ id, topic, certificate: certificate.der, chain, request, madeAt, importedAt })
    await keepPushKey(tx, id, key, services)
    if (replaced !== undefined) await forgetPushKey(tx, replaced.id)
    const reach = await tx.profileReach()
    if (reach !== undefined && reach.topic !== topic) await tx.replaceProfileReach({ ...reach, topic, at })
    const expiresAt = new Date(certificate.notAfter).toISOString()
    const detail: JsonObject = { topic, fingerprint: certificate.fingerprint, expiresAt, force }
    await tx.addAudit({ at, actor, action, target, revision: 0, detail })
    await tx.addEvents([{ at, type: 'push-certificate.changed', data: { topic, expiresAt } }])
    // Whoever is behind could not be pushed, perhaps for days.
    await tx.wakeCohorts(
      (await tx.cohorts()).map(({ id }) => id),
      at,
    )
  })
  await pushCertificates.refresh()

  function usable(text: string, keyText: string | null, at: number) {
    try {
      const found = readPushCertificate(text, at)
      if (keyText === null) return [found, null] as const
      const id = services.newId()
      return [found, { id, request: null, madeAt: at, key: readPushKey(keyText, found.certificate) }] as const
    } catch (error) {
      if (!(error instanceof PushCertificateFlaw)) throw error
      const { at: place, found, expected, remedy } = error
      throw new AdminError('push-certificate-unusable', error.message, { at: place, found, expected, remedy })
    }
  }
}

interface KeptKey {
  readonly id: string
  readonly request: Uint8Array | null
  readonly madeAt: number
  readonly key: KeyObject
}

/** The key that was made here with a request for this certificate, or that the one before has. */
async function keptKey(tx: Transaction, { certificate }: ReadPushCertificate, services: Uses): Promise<KeptKey> {
  for (const { id, request, madeAt } of await tx.pushCertificates()) {
    const key = await pushKey(id, tx, services)
    if (key !== undefined && certificate.x509.checkPrivateKey(key)) return { id, request, madeAt, key }
  }
  throw new AdminError('push-key-missing', 'Cannot use this push certificate: no key here fits it', {
    at: '/key',
    expected: 'the private key whose request was signed',
    remedy: 'give the key too; when the request was made here, it was another one, or on another database',
  })
}

function mustBeTopic(topic: string, others: number, force: boolean, wanted: string | null): void {
  if (wanted !== null && wanted !== topic) {
    throw new AdminError(
      'push-topic-differs',
      `Cannot push by ${topic}: the server was started with --topic ${wanted}`,
      {
        found: topic,
        expected: wanted,
        remedy:
          'start the server without --topic, for the certificate decides; or import the certificate for that topic',
      },
    )
  }
  if (others === 0 || force) return
  const who = others === 1 ? '1 enrolled device has' : `${others} enrolled devices have`
  throw new AdminError('push-topic-differs', `Cannot change the topic to ${topic}: ${who} another one`, {
    found: topic,
    expected: 'the topic that enrolled devices have',
    remedy:
      'renew the certificate that was there before, with the same Apple Account, instead of making a new one; or, when those devices will enroll again, import it with --force',
  })
}

/** How many devices would not be pushed to by a certificate for this topic. */
async function devicesWithAnother(topic: string, { scan }: Services['store']): Promise<number> {
  let count = 0
  let cursor: string | null = null
  do {
    const page: { readonly items: readonly Channel[]; readonly next: string | null } = await scan.channels(cursor, PAGE)
    count += page.items.filter(
      ({ enrollment: { channel, state, push } }) =>
        channel === 'device' && state === 'enrolled' && push !== null && push.topic !== topic,
    ).length
    cursor = page.next
  } while (cursor !== null)
  return count
}
