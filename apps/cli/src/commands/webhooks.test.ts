import { describe, expect, it } from 'vitest'
import { type Answer, type Asked, edict, listen } from '../captured-cli.ts'

const hook = {
  id: 'W1',
  url: 'https://receiver.example/hook',
  types: ['condition.changed'],
  note: '',
  state: 'on',
  madeAt: '2026-09-01T08:00:00.000Z',
  waiting: 3,
  crowdedOut: 0,
  failingSince: null,
  lastDeliveredAt: null,
  previousSecretUntil: null,
}
const attempt = { at: '2026-09-01T08:00:02.000Z', duration: 12, status: 500, failure: null, answer: 'no' }
const delivery = {
  id: 'msg_1',
  sequence: 17,
  type: 'condition.changed',
  enrollment: 'IPAD',
  at: '2026-09-01T08:00:01.000Z',
  queuedAt: '2026-09-01T08:00:01.000Z',
  state: 'waiting',
  attempts: 1,
  nextAt: '2026-09-01T08:00:07.000Z',
  endedAt: null,
  log: [attempt],
}

const against = async (answer: (asked: Asked) => Answer, ...args: string[]) => {
  await using server = await listen(answer)
  const { stdout, stderr, code } = await edict(['webhooks', ...args, '--server', server.url])
  return { stdout, stderr, code, asked: server.asked.map(({ method, path, body }) => ({ method, path, body })) }
}

describe('edict webhooks', () => {
  it('adds, and prints the secret alone, for a script to take', async () => {
    const { stdout, stderr, asked } = await against(
      () => ({ body: { ...hook, secret: 'whsec_abc' } }),
      'add',
      hook.url,
      '--events',
      'condition.changed, enrollment.left',
    )
    expect(asked[0]).toEqual({
      method: 'POST',
      path: '/api/v1/webhooks',
      body: { url: hook.url, types: ['condition.changed', 'enrollment.left'] },
    })
    expect(stdout).toBe('whsec_abc\n')
    expect(stderr).toContain('Webhook W1 signs with this secret. It is shown this once')
  })

  it('lists, shows and removes', async () => {
    const list = await against(() => ({ body: { items: [hook], next: null } }), 'list')
    expect(list.stdout).toContain('W1       on     3')
    const shown = await against(() => ({ body: hook }), 'show', 'W1')
    expect(shown.stdout).toContain('condition.changed')
    const removed = await against(() => ({ body: hook }), 'remove', 'W1')
    expect([removed.asked[0]?.method, removed.stdout]).toEqual(['DELETE', 'Removed webhook W1\n'])
  })

  it('changes what is said, and nothing else', async () => {
    const change = async (...args: string[]) => (await against(() => ({ body: hook }), 'change', 'W1', ...args)).asked
    expect(await change('--pause')).toEqual([{ method: 'PUT', path: '/api/v1/webhooks/W1', body: { state: 'paused' } }])
    expect((await change('--resume', '--events', 'all', '--note', ''))[0]?.body).toEqual({
      state: 'on',
      types: null,
      note: '',
    })
    expect(await change()).toEqual([])
    expect(await change('--pause', '--resume')).toEqual([])
  })

  it('makes a new secret, with the time that the old one has', async () => {
    const made = { ...hook, secret: 'whsec_new', previousSecretUntil: '2026-09-01T09:00:00.000Z' }
    const { asked, stdout, stderr } = await against(() => ({ body: made }), 'rotate', 'W1', '--overlap', '1h')
    expect(asked[0]).toMatchObject({ path: '/api/v1/webhooks/W1/secret', body: { overlap: 3600 } })
    expect([stdout, stderr]).toEqual(['whsec_new\n', expect.stringContaining('until 2026-09-01T09:00:00.000Z')])
    expect((await against(() => ({ body: made }), 'rotate', 'W1', '--overlap', '31d')).code).toBe(2)
  })

  it('tries it, and ends with 1 when it was not taken', async () => {
    const body = { id: 'msg_2', delivered: false, duration: 3, status: null, failure: 'timeout', answer: '' }
    const failed = await against(() => ({ body }), 'test', 'W1')
    expect([failed.stdout, failed.code]).toEqual(['Not delivered: timeout (3 ms)\n', 1])
    const taken = { ...body, delivered: true, status: 200, failure: null, answer: 'ok' }
    const good = await against(() => ({ body: taken }), 'test', 'W1')
    expect([good.stdout, good.code]).toEqual(['Delivered: 200 (3 ms)\nok\n', 0])
  })

  it('lists deliveries with their last answer, and queues them again', async () => {
    const list = await against(
      () => ({ body: { items: [delivery], next: null } }),
      'deliveries',
      'W1',
      '--state',
      'waiting',
      '--enrollment',
      'IPAD',
    )
    expect(list.asked[0]?.path).toBe('/api/v1/webhooks/W1/deliveries?state=waiting&enrollment=IPAD&limit=100')
    expect(list.stdout).toContain('500 (12 ms)')
    const again = async (...args: string[]) => against(() => ({ body: { queued: 2 } }), 'redeliver', 'W1', ...args)
    const some = await again('msg_1', 'msg_2')
    expect([some.asked[0]?.body, some.stdout]).toEqual([
      { deliveries: ['msg_1', 'msg_2'] },
      'Queued 2 deliveries again\n',
    ])
    expect((await again('--lost')).asked[0]?.body).toEqual({})
    expect([(await again()).code, (await again('--lost', 'msg_1')).code]).toEqual([2, 2])
  })
})
