import { randomUUID } from 'node:crypto'
import { rememberCertificates } from '@edict/pki'
import { openStore } from '@edict/store'
import { type Logger, pino } from 'pino'
import { adminToken } from './admin-token.ts'
import { createApp } from './app.ts'
import { type Config, isLoopback } from './config.ts'
import { contentFiles } from './content/content-files.ts'
import { openContentKeys } from './content/open-content-keys.ts'
import { referredContent } from './content/referred-content.ts'
import { endListening } from './end-listening.ts'
import { guardReach } from './enroll/guard-reach.ts'
import { readWiFiProfile } from './enroll/wifi-profile.ts'
import { escrowUnder } from './escrow/escrow.ts'
import { sealAnew } from './escrow/seal-anew.ts'
import { keptAnswer } from './fleet/kept-answer.ts'
import { openMaidSigner } from './get-token/maid-signer.ts'
import { anchoredBy } from './identity/anchored.ts'
import { trustedPeers } from './identity/trusted-peers.ts'
import { startCommandTimes } from './jobs/command-times.ts'
import { startContentSweep } from './jobs/content-sweep.ts'
import { startDiagnosing } from './jobs/diagnoses.ts'
import { startPushExpiry } from './jobs/push-expiry.ts'
import { startReleaseJob } from './jobs/release.ts'
import { startSilentSweep } from './jobs/silent.ts'
import { startSweep } from './jobs/sweep.ts'
import { startWakeJob } from './jobs/wake.ts'
import { startWebhookJob } from './jobs/webhooks.ts'
import { createManifests } from './manifests.ts'
import { createMetrics } from './metrics.ts'
import { openPushCertificates } from './push/open-push-certificates.ts'
import { openPushing } from './push/open-pushing.ts'
import type { Services } from './services.ts'
import { openSignIn } from './sign-in/open-sign-in.ts'
import { anchorsIn } from './tls/anchors-in.ts'
import { readTls } from './tls/read-tls.ts'
import { reloadTls } from './tls/reload-tls.ts'
import { createClaims } from './trace/claims.ts'
import { enrollmentEntries } from './trace/enrollment-entries.ts'
import { createTracer } from './trace/tracer.ts'
import { issuing, type NewKey } from './trust/authority.ts'
import { findMasterKeys } from './trust/master-key.ts'
import { openTrust } from './trust/open-trust.ts'
import { VERSION } from './version.ts'
import { openWebhooks } from './webhooks/open-webhooks.ts'

/** A server that listens. */
export interface RunningServer {
  readonly url: string
  /** The token that was generated at this, the first, start; null when there was one. */
  readonly generatedToken: string | null
  readonly services: Services
  /** Reads the TLS certificate and key anew: whether they could be used. */
  reloadTls(): Promise<boolean>
  /** Ends listening, finishes what is under way, closes the database. */
  close(): Promise<void>
}

export interface Surroundings {
  /** Milliseconds since the epoch; the system clock when absent. */
  readonly now?: () => number
  /** Milliseconds a request may take to come in; 30,000 when absent. */
  readonly patience?: number
  /** Where log lines go; stderr when absent. */
  readonly log?: Logger
  /** Makes the key of an authority. RSA takes its time, which tests save. */
  readonly authorityKey?: NewKey
}

/** Certificates of devices that are remembered: those of sessions that are under way. One takes 15 kB. */
const CERTIFICATES = 4000

/** Lines are written some at a time, 100 ms late at most; what a killed process had not written is lost. */
const STDERR = { dest: 2, sync: false, minLength: 4096, periodicFlush: 100 }

/**
 * Opens the store, migrates it, and listens with everything running.
 *
 * @throws StoreUnavailable, ConfigError where the master key does not fit, or the listener's error (EADDRINUSE …)
 */
export async function startServer(config: Config, surroundings: Surroundings = {}): Promise<RunningServer> {
  const now = surroundings.now ?? Date.now
  const log = surroundings.log ?? pino({ level: config.logLevel }, pino.destination(STDERR))
  const tls = config.tls === null ? null : await readTls(config.tls)
  const maid = await openMaidSigner(config)
  const signIn = await openSignIn(config)
  const webhookClient = await openWebhooks(config, now)
  const wiFiProfile = await readWiFiProfile(config.wiFiProfile)
  const store = await openStore({ database: config.database, clock: now })
  const {
    insecureDevices,
    automatedSignIn,
    lenientSignatures,
    lenientScep,
    proxy,
    commandData,
    holdWhileAwaiting,
    keepReports,
    wakeWindow,
    secondPush,
    devicePaths,
  } = config
  const stopping = new AbortController()
  const known = {
    store,
    now,
    newId: () => randomUUID().toUpperCase(),
    readCertificate: rememberCertificates(CERTIFICATES),
  }
  const { trust, escrow } = await openKept(config, { ...known, log }, surroundings.authorityKey).catch(
    async (error: unknown) => {
      await store.close()
      throw error
    },
  )
  const metrics = createMetrics()
  const pushCertificates = await openPushCertificates(config.topic, { ...known, escrow, metrics, log }).catch(
    async (error: unknown) => {
      await store.close()
      throw error
    },
  )
  const push = openPushing(config.apns, { store, now, log, metrics, pushCertificates })
  // What listens on loopback is reached there, by simulated devices.
  let guessed: string | null = null
  let anchors = tls === null ? [] : anchorsIn(tls.cert)
  const keys = openContentKeys({ escrow, log })
  const manifests = createManifests(keys)
  const tracer = createTracer(config.keepTrace, { store, metrics, log, now })
  const files = contentFiles(config.content, config.contentSize)
  const services: Services = {
    ...known,
    trust,
    escrow,
    anchored: anchoredBy(trust),
    maid,
    reach: {
      url: () => config.url ?? guessed,
      get topic() {
        return pushCertificates.topic
      },
      anchors: () => anchors,
    },
    pushCertificates,
    pushing: push,
    signIn,
    manifests,
    fleetManifests: createManifests(keys, { manifests: 2_000, bodyBytes: 1 }),
    glance: keptAnswer(() => performance.now()),
    contentFiles: files,
    referredContent: referredContent({ manifests, contentFiles: files, now }),
    contentKeys: keys,
    webhookClient,
    webhookBacklog: config.webhookBacklog,
    metrics,
    log,
    tracer,
    claims: createClaims({ store, tracer, now, log }),
    settings: {
      insecureDevices,
      automatedSignIn,
      lenientSignatures,
      lenientScep,
      proxy: proxy && { header: proxy.header, isTrusted: trustedPeers(proxy.networks) },
      commandData,
      holdWhileAwaiting,
      keepReports,
      traceBodies: config.traceBodies,
      wakeWindow,
      secondPush,
      wiFiProfile,
      devicePaths,
    },
    stopping: stopping.signal,
  }
  try {
    await guardReach({ ...config, topic: pushCertificates.topic }, known, log)
    const token = await adminToken(config.adminToken, services)
    const listening = { tls, ...(surroundings.patience === undefined ? {} : { patience: surroundings.patience }) }
    const app = await createApp(token.hash, services, VERSION, listening)
    const end = endListening(app)
    const url = await app.listen({ host: config.host, port: config.port })
    if (isLoopback(config.host)) guessed = url
    const wakes = startWakeJob(push, config.wakeRate, services)
    const webhooks = startWebhookJob(services)
    const unsubscribe = store.onCommit((what, own = []) => {
      if (what === 'wakes') wakes.kick()
      else webhooks.kick()
      for (const entry of own.flatMap(enrollmentEntries)) tracer.add(entry)
    })
    const sweeps = [startSweep(services), startSilentSweep(services), startContentSweep(services)]
    const stops = [...sweeps, startPushExpiry(services), pushCertificates.stop]
    const stopCommandTimes = startCommandTimes(services)
    const stopReleases = startReleaseJob(services)
    const stopDiagnosing = startDiagnosing(services)
    return {
      url,
      generatedToken: token.generated,
      services,
      reloadTls: async () => {
        const reloaded = await reloadTls(app, config.tls, log)
        if (reloaded && config.tls !== null) anchors = anchorsIn((await readTls(config.tls)).cert)
        return reloaded
      },
      close: async () => {
        stopping.abort()
        for (const stop of stops) stop()
        stopCommandTimes()
        await stopReleases()
        await stopDiagnosing()
        unsubscribe()
        await Promise.all([wakes.stop(), webhooks.stop()])
        await end()
        await push.close()
        webhookClient.close()
        await services.tracer.flush()
        await store.close()
      },
    }
  } catch (error) {
    pushCertificates.stop()
    await store.close()
    throw error
  }
}

type Known = Pick<Services, 'store' | 'now' | 'newId' | 'readCertificate' | 'log'>

/** What the master key opens: it is tried on the authority before anything else is sealed under it. */
async function openKept(config: Config, known: Known, newKey: NewKey | undefined): Promise<Kept> {
  const needed = (await issuing(known.store.read.authorities(known.now()))) !== undefined
  const master = await findMasterKeys(config, needed)
  const trust = await openTrust(config, master, known, newKey)
  const escrow = escrowUnder(master.keys)
  await sealAnew(master.keys, { ...known, escrow })
  return { trust, escrow }
}

type Kept = Pick<Services, 'trust' | 'escrow'>
