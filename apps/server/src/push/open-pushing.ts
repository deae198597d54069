import type { Services } from '../services.ts'
import { APPLE_PUSH_SERVICE, type Apns, createApns } from './apns.ts'

type Uses = Pick<Services, 'store' | 'now' | 'log' | 'metrics' | 'pushCertificates'>

/**
 * Pushing as it is configured. Without `--apns` it is Apple's service, and nothing is sent there before there is a push certificate. When
 * pushing rests for a topic, and when it goes on, that is logged, measured and an event; and then whoever is behind is pushed, for some were
 * refused before it was known that it was not for them.
 */
export function openPushing(origin: string | null, { store, now, log, metrics, pushCertificates }: Uses): Apns {
  return createApns({
    origin: origin ?? APPLE_PUSH_SERVICE,
    credentials: (topic) => pushCertificates.credentials(topic),
    now,
    log,
    onAlarm(topic, alarm) {
      metrics.pushCircuits.set({ topic }, alarm === null ? 0 : 1)
      if (alarm === null) log.info({ topic }, 'pushing goes on')
      else {
        const remedy = 'look at edict push-certificate show; nobody is disabled, and pushes are kept'
        log.error({ topic, ...alarm }, `pushing rests: the push service refuses all devices alike; ${remedy}`)
      }
      const data =
        alarm === null
          ? { topic, state: 'closed', reason: null, devices: 0 }
          : { topic, state: 'open', reason: alarm.reason, devices: alarm.devices }
      store
        .transaction(async (tx) => {
          const at = now()
          await tx.addEvents([{ at, type: 'push-circuit.changed', data }])
          if (alarm === null)
            await tx.wakeCohorts(
              (await tx.cohorts()).map(({ id }) => id),
              at,
            )
        })
        .catch((error: unknown) => log.warn({ err: error }, 'what became of pushing could not be kept'))
    },
  })
}
