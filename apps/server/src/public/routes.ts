import { causes, HEALTHY, UNEXPLAINED } from '@edict/core'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** What a channel can be diagnosed with. */
const codes = [HEALTHY, UNEXPLAINED, ...causes.map(({ code }) => code)]

/** What needs no token: whether it runs, whether it can work, its measurements, and the contract. */
export function publicFace(app: FastifyInstance, { store, metrics }: Pick<Services, 'store' | 'metrics'>): void {
  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    try {
      await store.read.revision()
      return { status: 'ready' }
    } catch {
      return reply.code(503).header('retry-after', '10').send({ status: 'database unreachable' })
    }
  })

  app.get('/metrics', async (_request, reply) => {
    const { enrollments, behind, pendingCommands, pendingWakes } = await store.scan.counts()
    for (const [state, count] of Object.entries(enrollments)) metrics.fleet.set({ what: state }, count)
    metrics.fleet.set({ what: 'behind' }, behind)
    metrics.fleet.set({ what: 'pending-commands' }, pendingCommands)
    metrics.fleet.set({ what: 'pending-wakes' }, pendingWakes)
    const diagnosed = new Map((await store.scan.diagnosisCounts()).map(({ code, channels }) => [code, channels]))
    for (const code of codes) metrics.diagnoses.set({ code }, diagnosed.get(code) ?? 0)
    metrics.webhookWaiting.reset()
    for (const { webhook, count } of await store.scan.waitingDeliveries())
      metrics.webhookWaiting.set({ webhook }, count)
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })

  app.get('/openapi.json', async () => app.swagger())
}
