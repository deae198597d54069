import { expiryWarning } from '@edict/core'
import type { Services } from '../services.ts'

const EVERY = 3_600_000
const DAY = 86_400_000

type Uses = Pick<Services, 'pushCertificates' | 'log' | 'now'>

/** Says how near the end of the push certificate is: once a day and step, at the start too. The result is to be called now and then. */
export function expiryTold({ pushCertificates, log, now }: Uses): () => void {
  let told = ''
  return () => {
    const [current] = pushCertificates.used
    if (current === undefined) return
    const { topic, certificate } = current
    const warning = expiryWarning(certificate.notAfter, now())
    const saying = `${certificate.fingerprint} ${warning} ${Math.floor(now() / DAY)}`
    if (warning === null || saying === told) return
    told = saying
    const about = { topic, warning, expiresAt: new Date(certificate.notAfter).toISOString() }
    const remedy = 'renew it at identity.apple.com/pushcert, with the Apple Account that made it'
    if (warning === 'expired') log.error(about, `the push certificate has expired, and no device is pushed: ${remedy}`)
    else if (warning === '7-days' || warning === '1-day') log.error(about, `the push certificate ends soon: ${remedy}`)
    else log.warn(about, `the push certificate ends: ${remedy}`)
  }
}

/** Looks now and then until stopped. */
export function startPushExpiry(services: Uses): () => void {
  const tell = expiryTold(services)
  tell()
  const timer = setInterval(tell, EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
