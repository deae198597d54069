import { describe, expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

const current = {
  topic: 'com.apple.mgmt.External.x',
  subject: 'UID=com.apple.mgmt.External.x',
  fingerprint: 'ab',
  validFrom: '2026-09-01T08:00:00.000Z',
  expiresAt: '2027-09-01T08:00:00.000Z',
  importedAt: '2026-09-01T09:00:00.000Z',
  warning: '30-days',
  pem: 'PEM',
}
const alarm = {
  topic: current.topic,
  reason: 'BadDeviceToken',
  since: '2026-09-01T10:00:00.000Z',
  devices: 25,
  of: 50,
  nextTryAt: '2026-09-01T10:01:00.000Z',
}
const shown = { current, earlier: [], requests: [], alarms: [alarm] }
const asked = { id: 'ID', madeAt: '2026-09-01T08:00:00.000Z', request: 'CSR\n' }

async function run(...args: readonly string[]) {
  await using peer = await listen(() => ({ body: args[0] === 'request' ? asked : shown }))
  const env = { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' }
  const ended = await edict(['push-certificate', ...args], env, { 'push.pem': 'CERT', 'push.key': 'KEY' })
  return { ...ended, asked: peer.asked.map(({ method, path, body }) => ({ method, path, body })) }
}

describe('edict push-certificate', () => {
  it('show tells when it ends, and why pushing rests', async () => {
    const { stdout, stderr } = await run('show')
    for (const text of [current.topic, current.expiresAt, '30-days']) expect(stdout).toContain(text)
    for (const text of ['BadDeviceToken', '25 devices', alarm.nextTryAt]) expect(stderr).toContain(text)
  })

  it('request prints the request alone on stdout', async () => {
    const { stdout, asked: calls } = await run('request', '--name', 'Example School')
    expect(stdout).toBe('CSR\n')
    expect(calls).toEqual([
      { method: 'POST', path: '/api/v1/push-certificate/request', body: { name: 'Example School' } },
    ])
  })

  it('import sends what is in the files', async () => {
    const { code, asked: calls } = await run('import', '--certificate', 'push.pem', '--key', 'push.key')
    expect(code).toBe(0)
    expect(calls).toEqual([
      { method: 'PUT', path: '/api/v1/push-certificate', body: { certificate: 'CERT', key: 'KEY', force: false } },
    ])
    expect((await run('import', '--certificate', 'push.pem', '--force')).asked[0]?.body).toEqual({
      certificate: 'CERT',
      force: true,
    })
  })

  it.each([['import'], ['import', '--key', 'push.key'], ['request', '--vendor-key', 'push.key']])(
    '%s %s %s ends with 2, before anybody is asked',
    async (...args) => {
      const { code, asked: calls } = await run(...args.filter((arg) => arg !== undefined))
      expect({ code, calls }).toEqual({ code: 2, calls: [] })
    },
  )
})
