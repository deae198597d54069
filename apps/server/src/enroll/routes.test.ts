import { StoreUnavailable } from '@edict/store'
import { fastify } from 'fastify'
import { type Logger, pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../metrics.ts'
import type { Services } from '../services.ts'
import { enrollFace } from './routes.ts'

const token = 'a-secret-token'

/** A face whose database does what the test says. */
function face(invitation: () => Promise<unknown>) {
  const lines: string[] = []
  const log: Logger = pino({}, { write: (line) => lines.push(line) })
  const store = { read: { invitation }, transaction: invitation } as unknown as Services['store']
  const reach = { url: () => 'https://mdm.example', topic: 'com.apple.mgmt.External.x', anchors: () => [] }
  const trust = {} as Services['trust']
  const app = fastify({ logger: false })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null))
  enrollFace(app, { store, trust, reach, now: () => 0, newId: () => 'ID', metrics: createMetrics(), log })
  return { app, lines }
}

describe.each(['GET', 'POST'] as const)('%s of an invitation', (method) => {
  it('says to try again while the database is away', async () => {
    const { app } = face(async () => {
      throw new StoreUnavailable('gone')
    })
    const answer = await app.inject({ method, url: `/enroll/${token}` })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '10'])
    expect(answer.body).toContain('Try again')
  })

  it('has no token in the log, whatever goes wrong', async () => {
    const { app, lines } = face(async () => {
      throw new Error('planted')
    })
    const answer = await app.inject({ method, url: `/enroll/${token}` })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('planted')
    expect(lines.join('')).toContain('planted')
    expect(lines.join('')).not.toContain(token)
  })
})

it('takes no large bodies from whoever has no invitation', async () => {
  const { app } = face(async () => undefined)
  const payload = Buffer.alloc(1024 * 1024)
  const headers = { 'content-type': 'application/octet-stream' }
  expect((await app.inject({ method: 'POST', url: `/enroll/${token}`, payload, headers })).statusCode).toBe(413)
})
