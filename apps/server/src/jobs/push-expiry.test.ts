import {
  createAuthority,
  createCertificateRequest,
  issueIdentity,
  newPrivateKey,
  readCertificateRequest,
} from '@edict/pki'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { expiryTold } from './push-expiry.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 8, 1)

it('the end of a push certificate is told in steps, once a day each, and louder in the last week', async () => {
  const key = await newPrivateKey('p-256')
  const subject = [{ type: 'CN', value: 'APSP' }] as const
  const authority = await createAuthority({ name: subject, key, now: START, days: 400 })
  const request = readCertificateRequest(createCertificateRequest({ subject, privateKey: key }))
  const certificate = await issueIdentity(authority, request, { subject, now: START, days: 365 })
  const used = [{ id: '1', topic: 'com.apple.mgmt.x', certificate, importedAt: START }]
  const lines: { readonly level: number; readonly warning: string }[] = []
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line)) })
  let now = START
  const pushCertificates = {
    topic: 'com.apple.mgmt.x',
    wanted: null,
    used,
    credentials: async () => null,
    refresh: async () => undefined,
    stop: () => undefined,
  }
  const tell = expiryTold({ pushCertificates, log, now: () => now })
  for (; now <= certificate.notAfter + DAY; now += DAY / 4) tell()

  const { warn, error } = pino.levels.values
  const days = Map.groupBy(lines, ({ level, warning }) => `${warning} ${level}`)
  // A step that begins within a day is told on that day, too.
  const counts = [...days].map(([step, told]) => [step, told.length])
  expect(counts.map(([step]) => step)).toEqual([
    `60-days ${warn}`,
    `30-days ${warn}`,
    `14-days ${warn}`,
    `7-days ${error}`,
    `1-day ${error}`,
    `expired ${error}`,
  ])
  expect(lines.length).toBeGreaterThanOrEqual(61)
  expect(lines.length).toBeLessThanOrEqual(61 + 6)
})
