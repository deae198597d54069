import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, startServer } from '@edict/server'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { adminOf, TOKEN } from '../harness/admin.ts'
import { type Database, databases, freshDatabase } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { type Answer, type Attempt, isSigned, outOfOrder, type Receiver, startReceiver } from '../harness/receiver.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const SECOND = 1000
const DAY = 86_400_000

describe.each(databases)('webhooks on %s', (database: Database) => {
  let now = Date.now()
  let world: World
  const receivers: Receiver[] = []
  afterEach(async () => {
    await world.close()
    for (const receiver of receivers.splice(0)) await receiver.close()
  })

  const open = async (options: Record<string, string> = {}) => {
    now = Date.now()
    world = await openWorld(database, { now: () => now, options: { webhookTimeout: '1', ...options } })
  }
  const receiving = async (): Promise<Receiver> => {
    const receiver = await startReceiver()
    receivers.push(receiver)
    return receiver
  }
  const add = ({ url }: Receiver, types?: readonly ('channel.reported' | 'declaration.changed')[]) =>
    world.admin('add-webhook', { body: { url, ...(types === undefined ? {} : { types: [...types] }) } })
  const shown = (id: string) => world.admin('get-webhook', { params: { id } })
  const log = async (
    id: string,
    query: { readonly state?: 'waiting' | 'delivered' | 'given-up' | 'crowded-out' } = {},
  ) => (await world.admin('list-deliveries', { params: { id }, query: { limit: 1000, ...query } })).items
  const enrolled = async (name: string): Promise<Wire> => {
    const device = ipad(world.url, name)
    await device.enroll()
    return device
  }
  const reports = async (device: Wire, count: number) => {
    for (let index = 0; index < count; index += 1) await device.report({ 'com.example': { index } })
  }
  const of = ({ attempts }: Receiver, { id }: Wire) => attempts.filter(({ enrollment }) => enrollment === id)
  const takenOf = ({ taken }: Receiver, { id }: Wire) => taken.filter(({ enrollment }) => enrollment === id)
  /** Lets time pass until something holds. */
  const inTime = (what: string, holds: () => boolean | Promise<boolean>, step = 2 * SECOND) =>
    eventually(what, async () => {
      now += step
      return holds()
    })

  it('are told what happens, signed, in the words of the events, and only what they want', async () => {
    await open()
    const [all, some] = [await receiving(), await receiving()]
    const { secret, ...made } = await add(all)
    expect(made).toMatchObject({ url: all.url, types: null, state: 'on', waiting: 0, previousSecretUntil: null })
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    await add(some, ['declaration.changed'])
    const device = await enrolled('TOLD')
    await reports(device, 1)
    await world.admin('put-declaration', { params: { identifier: 'told' }, body: testConfiguration('told') })
    await eventually('the declaration', () => all.taken.some(({ type }) => type === 'declaration.changed'))
    await eventually('the report', () => all.taken.some(({ type }) => type === 'channel.reported'))
    for (const attempt of all.attempts) {
      expect(await isSigned(attempt, secret)).toBe(true)
      expect(await isSigned({ ...attempt, body: attempt.body.replace('"', "'") }, secret)).toBe(false)
      expect(Math.abs(Number(attempt.timestamp) * SECOND - now)).toBeLessThan(5 * 60 * SECOND)
    }
    expect(new Set(all.attempts.map(({ id }) => id)).size).toBe(all.attempts.length)
    const body = JSON.parse(all.taken.find(({ type }) => type === 'channel.reported')?.body ?? '')
    expect(body).toMatchObject({ type: 'channel.reported', data: { enrollment: device.id, understood: true } })
    expect(Object.keys(body)).toEqual(['type', 'timestamp', 'sequence', 'data'])
    await eventually('the other is told', () => some.taken.length === 1)
    expect(some.attempts.map(({ type }) => type)).toEqual(['declaration.changed'])
    await eventually('it is in the log', async () => (await shown(made.id)).waiting === 0)
    expect((await shown(made.id)).lastDeliveredAt).not.toBeNull()
    const entry = (await log(made.id)).find(({ type }) => type === 'channel.reported')
    expect(entry).toMatchObject({ enrollment: device.id, state: 'delivered', attempts: 1, nextAt: null })
    expect(entry?.log).toMatchObject([{ status: 204, failure: null, answer: '' }])
  })

  it('are checked by the lines that docs/webhooks.md gives', async () => {
    await open()
    const receiver = await receiving()
    const { id, secret } = await add(receiver)
    await world.admin('test-webhook', { params: { id } })
    const page = await readFile(new URL('../../docs/webhooks.md', import.meta.url), 'utf8')
    const [, lines = ''] = /^```js\n(.*?)^```/ms.exec(page) ?? []
    const { isFromEdict } = await import(`data:text/javascript,${encodeURIComponent(lines)}`)
    const { id: given, timestamp, signature, body } = receiver.attempts[0] as Attempt
    const headers = { 'webhook-id': given, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
    const old = { ...headers, 'webhook-timestamp': String(Number(timestamp) - 301) }
    const other = `whsec_${Buffer.alloc(32).toString('base64')}`
    expect(isFromEdict(headers, body, secret)).toBe(true)
    expect(isFromEdict({ ...headers, 'webhook-signature': `v1,x ${signature} v1a,y` }, body, secret)).toBe(true)
    expect([
      isFromEdict(headers, `${body} `, secret),
      isFromEdict(headers, body, other),
      isFromEdict(old, body, secret),
      isFromEdict({}, body, secret),
    ]).toEqual([false, false, false, false])
  })

  it('are told of one enrollment in order; one that is not taken keeps back its own, and nobody else’s', async () => {
    await open()
    const receiver = await receiving()
    const [stuck, free] = [await enrolled('STUCK'), await enrolled('FREE')]
    receiver.answer = ({ enrollment }) => (enrollment === stuck.id ? 500 : 204)
    const { id } = await add(receiver, ['channel.reported'])
    await reports(stuck, 3)
    await reports(free, 3)
    await eventually('the free one', () => takenOf(receiver, free).length === 3)
    const attempts = async () => Math.max(...(await log(id)).map((delivery) => delivery.attempts))
    await inTime('three attempts are in the log', async () => (await attempts()) >= 3)
    expect(new Set(of(receiver, stuck).map((attempt) => attempt.id)).size).toBe(1)
    const waiting = (await log(id, { state: 'waiting' })).filter(({ enrollment }) => enrollment === stuck.id)
    expect(waiting).toMatchObject([
      { attempts: 0, nextAt: null },
      { attempts: 0, nextAt: null },
      { log: [{ status: 500, answer: 'status 500' }, { status: 500 }, { status: 500 }] },
    ])
    expect((await shown(id)).waiting).toBe(3)
    receiver.answer = () => 204
    await inTime('the rest', () => takenOf(receiver, stuck).length === 3, 60 * SECOND)
    expect(outOfOrder(receiver)).toEqual([])
  })

  it('that were away and are back are told at once what waited', async () => {
    await open()
    const receiver = await receiving()
    const [waits, other] = [await enrolled('WAITS'), await enrolled('OTHER')]
    receiver.answer = () => 503
    const { id } = await add(receiver, ['channel.reported'])
    await reports(waits, 2)
    await inTime(
      'it waits for long',
      async () => {
        const waiting = await log(id, { state: 'waiting' })
        return waiting.some(({ nextAt }) => nextAt !== null && Date.parse(nextAt) > now + 600 * SECOND)
      },
      20 * SECOND,
    )
    receiver.answer = () => 204
    await reports(other, 1)
    await eventually('all, and no time passed', () => receiver.taken.length === 3)
    expect(outOfOrder(receiver)).toEqual([])
  })

  it('are told again after no answer, a reset, a redirection or a refusal, later each time, under the same id', async () => {
    await open()
    const receiver = await receiving()
    const device = await enrolled('AGAIN')
    const answers: Answer[] = ['hang', 'reset', 302, 404, 503]
    const at: number[] = []
    receiver.answer = () => {
      at.push(now)
      return answers[at.length - 1] ?? 200
    }
    const { id } = await add(receiver, ['channel.reported'])
    await reports(device, 1)
    await inTime('it is taken', () => receiver.taken.length === 1, 5 * SECOND)
    await eventually('it is in the log', async () => (await log(id))[0]?.state === 'delivered')
    const [delivery] = await log(id)
    expect(delivery?.log.map(({ status, failure }) => failure ?? status)).toEqual([
      'timeout',
      'connection-reset',
      302,
      404,
      503,
      200,
    ])
    expect(new Set(receiver.attempts.map((attempt) => attempt.id)).size).toBe(1)
    const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0))
    for (const [index, least] of [3.75, 15, 60, 240, 960].entries())
      expect(waits[index]).toBeGreaterThanOrEqual(least * SECOND)
  })

  it('that answer 410 are left alone, and go on where they were when they are switched on again', async () => {
    await open()
    const receiver = await receiving()
    const device = await enrolled('GONE')
    receiver.answer = () => 500
    const { id } = await add(receiver, ['channel.reported'])
    await reports(device, 2)
    await eventually('both wait', async () => (await shown(id)).waiting === 2)
    receiver.answer = () => 410
    await inTime('it is off', async () => (await shown(id)).state === 'gone')
    const { length } = receiver.attempts
    await reports(device, 1)
    await inTime('time passes', () => now > Date.now() + DAY / 24, 60 * SECOND)
    expect(receiver.attempts).toHaveLength(length)
    receiver.answer = () => 204
    await world.admin('change-webhook', { params: { id }, body: { state: 'on' } })
    await reports(device, 1)
    await inTime('what waited, and what came after', () => receiver.taken.length === 3)
    expect(outOfOrder(receiver)).toEqual([])
    const sequences = receiver.taken.map(({ sequence }) => sequence)
    const all = (await world.server.services.store.scan.events(0, 1000)).filter(
      ({ type }) => type === 'channel.reported',
    )
    // The third happened while it was off.
    expect(sequences).toEqual([0, 1, 3].map((index) => all[index]?.sequence))
  })

  it('that are paused are told nothing, and not later either', async () => {
    await open()
    const receiver = await receiving()
    const device = await enrolled('PAUSED')
    const { id } = await add(receiver, ['channel.reported'])
    receiver.answer = () => 500
    await reports(device, 1)
    // Noted later, it would wait for its time after the change too.
    await eventually('the 500 is noted', async () => (await log(id))[0]?.attempts === 1)
    await world.admin('change-webhook', { params: { id }, body: { state: 'paused' } })
    expect((await shown(id)).waiting).toBe(1)
    await reports(device, 2)
    receiver.answer = () => 204
    await world.admin('change-webhook', { params: { id }, body: { state: 'on', note: 'back', types: null } })
    expect(await shown(id)).toMatchObject({ state: 'on', note: 'back', types: null })
    await world.admin('put-declaration', { params: { identifier: 'paused' }, body: testConfiguration('paused') })
    await eventually('what came before and after', () => receiver.taken.length >= 2)
    expect(receiver.taken.map(({ type }) => type).sort()).toEqual(['channel.reported', 'declaration.changed'])
  })

  it('are told for three days; then it is given up, and can be delivered again under the same id', async () => {
    await open()
    const receiver = await receiving()
    const device = await enrolled('DEAD')
    receiver.answer = () => 500
    const { id } = await add(receiver, ['channel.reported'])
    await reports(device, 2)
    await eventually('both wait, and one was tried', async () => {
      return (await shown(id)).waiting === 2 && receiver.attempts.length > 0
    })
    now += 3 * DAY
    await inTime('both are given up', async () => (await log(id, { state: 'given-up' })).length === 2, 10 * SECOND)
    expect((await shown(id)).failingSince).not.toBeNull()
    const metrics = await (await fetch(`${world.url}/metrics`)).text()
    expect(metrics).toContain('edict_webhook_lost_total{reason="given-up"} 2')
    receiver.answer = () => 200
    const [second, first] = await log(id)
    const again = (deliveries: readonly string[]) =>
      world.admin('redeliver', { params: { id }, body: { deliveries: [...deliveries] } })
    expect(await again([second?.id ?? ''])).toEqual({ queued: 1 })
    await eventually('the second', () => receiver.taken.length === 1)
    expect(receiver.taken[0]?.id).toBe(second?.id)
    expect(await world.admin('redeliver', { params: { id } })).toEqual({ queued: 1 })
    await eventually('the first', () => receiver.taken.length === 2)
    expect(receiver.taken[1]?.id).toBe(first?.id)
    await eventually('the log', async () => (await log(id, { state: 'delivered' })).length === 2)
    const unknown = await world.admin.refused('redeliver', { params: { id }, body: { deliveries: ['msg_unknown'] } })
    expect(unknown).toMatchObject({ status: 404, code: 'delivery-missing', at: '/deliveries' })
  })

  it('that are away too long have the newest, and it is told how much made room', async () => {
    await open({ webhookBacklog: '1000' })
    const receiver = await receiving()
    receiver.answer = () => 500
    const { id } = await add(receiver)
    const { store } = world.server.services
    const happen = (from: number, count: number) =>
      store.transaction((tx) =>
        tx.addEvents(
          Array.from({ length: count }, (_, index) => ({
            at: now,
            type: 'channel.reported',
            data: { enrollment: `E${index % 7}`, report: String(from + index), full: false, understood: true },
          })),
        ),
      )
    await happen(0, 900)
    await eventually('it waits', async () => (await shown(id)).waiting === 900)
    await happen(900, 1300)
    const crowded = await eventually('room was made', async () => {
      const { waiting, crowdedOut } = await shown(id)
      return waiting + crowdedOut === 2200 && crowdedOut > 0 ? crowdedOut : false
    })
    const metrics = await (await fetch(`${world.url}/metrics`)).text()
    expect(metrics).toContain(`edict_webhook_lost_total{reason="crowded-out"} ${crowded}`)
    receiver.answer = () => 200
    await inTime('the rest arrives', async () => (await shown(id)).waiting === 0, 5 * SECOND)
    expect(outOfOrder(receiver)).toEqual([])
    const told = receiver.taken.map(({ body }) => Number(JSON.parse(body).data.report)).toSorted((a, b) => a - b)
    const newest = Array.from({ length: 2200 - crowded }, (_, index) => crowded + index)
    expect(told.filter((report) => report >= crowded)).toEqual(newest)
    // One of each enrollment may have been on its way when room was made, and arrives all the same.
    expect(told.length - newest.length).toBeLessThanOrEqual(7)
  })

  it('take the new secret or the old one while they change it, and then only the new one', async () => {
    await open()
    const receiver = await receiving()
    const device = await enrolled('ROTATED')
    const { id, secret: before } = await add(receiver, ['channel.reported'])
    const params = { id }
    const { secret, previousSecretUntil } = await world.admin('rotate-webhook-secret', {
      params,
      body: { overlap: 60 },
    })
    expect(previousSecretUntil).toBe(new Date(now + 60 * SECOND).toISOString())
    const next = async () => {
      const { length } = receiver.attempts
      await reports(device, 1)
      return eventually('an attempt', () => receiver.attempts[length])
    }
    const both = await eventually('both sign', async () => {
      const attempt = await next()
      return (await isSigned(attempt, secret)) ? attempt : false
    })
    expect(both.signature.split(' ')).toHaveLength(2)
    expect(await isSigned(both, before)).toBe(true)
    now += 61 * SECOND
    await eventually('the old one signs no more', async () => !(await isSigned(await next(), before)))
    expect((await shown(id)).previousSecretUntil).toBeNull()
    const { secret: last } = await world.admin('rotate-webhook-secret', { params, body: { overlap: 0 } })
    const alone = await eventually('the last signs', async () => {
      const attempt = await next()
      return (await isSigned(attempt, last)) ? attempt : false
    })
    expect(alone.signature.split(' ')).toHaveLength(1)
  })

  it('can be tried, also while they are off', async () => {
    await open()
    const receiver = await receiving()
    const { id, secret } = await add(receiver)
    await world.admin('change-webhook', { params: { id }, body: { state: 'paused' } })
    const test = () => world.admin('test-webhook', { params: { id } })
    expect(await test()).toMatchObject({ delivered: true, status: 204, failure: null })
    const [attempt] = receiver.attempts
    expect(attempt).toMatchObject({ type: 'webhook.test', sequence: 0 })
    expect(attempt !== undefined && (await isSigned(attempt, secret))).toBe(true)
    receiver.answer = () => 410
    expect(await test()).toMatchObject({ delivered: false, status: 410, answer: 'status 410' })
    receiver.answer = () => 'hang'
    expect(await test()).toMatchObject({ delivered: false, status: null, failure: 'timeout' })
    expect((await shown(id)).state).toBe('paused')
  })

  it('are refused with a reason, and what is not there is 404', async () => {
    await open()
    const refused = (url: string) => world.admin.refused('add-webhook', { body: { url } })
    expect(await refused('https://169.254.169.254/latest')).toMatchObject({
      status: 422,
      code: 'webhook-url-unsuitable',
      at: '/url',
    })
    const secretive = await refused('https://ada:hunter2@receiver.example/')
    expect(JSON.stringify(secretive)).not.toContain('hunter2')
    expect(
      await world.admin.refused('add-webhook', {
        body: { url: 'https://receiver.example/', types: ['nope' as 'channel.reported'] },
      }),
    ).toMatchObject({ status: 400, code: 'request-malformed' })
    const params = { id: 'unknown' }
    for (const name of ['get-webhook', 'remove-webhook', 'rotate-webhook-secret', 'test-webhook'] as const)
      expect(await world.admin.refused(name, { params })).toMatchObject({ status: 404, code: 'webhook-missing' })
    for (const name of ['list-deliveries', 'redeliver'] as const)
      expect(await world.admin.refused(name, { params })).toMatchObject({ status: 404, code: 'webhook-missing' })
    for (let index = 0; index < 50; index += 1)
      await world.admin('add-webhook', { body: { url: `https://receiver${index}.invalid/` } })
    expect(await refused('https://receiver.invalid/')).toMatchObject({ status: 409, code: 'webhooks-too-many' })
  })

  it('that are removed are told nothing more, and leave nothing', async () => {
    await open()
    const receiver = await receiving()
    const device = await enrolled('REMOVED')
    receiver.answer = () => 500
    const { id } = await add(receiver, ['channel.reported'])
    await reports(device, 2)
    await eventually('an attempt', () => receiver.attempts.length > 0)
    await world.admin('remove-webhook', { params: { id } })
    expect((await world.admin('list-webhooks')).items).toEqual([])
    const { store } = world.server.services
    expect(await store.scan.waitingDeliveries()).toEqual([])
    expect(await store.read.secret('edict.server', `webhook ${id}`)).toBeUndefined()
  })

  it('miss nothing when the server stops in the middle, which does not wait for them', async () => {
    await open({ webhookTimeout: '30' })
    const receiver = await receiving()
    const devices = await Promise.all(['R1', 'R2', 'R3'].map(enrolled))
    let mute = true
    receiver.answer = ({ sequence }) => (mute && sequence % 2 === 0 ? 'hang' : 200)
    await add(receiver, ['channel.reported'])
    for (const device of devices) await reports(device, 4)
    await eventually('some hang', () => receiver.attempts.some(({ taken }) => !taken))
    const from = performance.now()
    await world.stop()
    expect(performance.now() - from).toBeLessThan(5 * SECOND)
    mute = false
    await world.start()
    await eventually('all arrive', () => receiver.taken.length === 12)
    expect(outOfOrder(receiver)).toEqual([])
    const doubled = receiver.attempts.length - receiver.taken.length
    expect(doubled).toBeLessThanOrEqual(devices.length)
  })

  it('have everything, each enrollment in order, whatever the receiver does meanwhile', async () => {
    await open()
    const receiver = await receiving()
    const { id } = await add(receiver, ['channel.reported'])
    const devices = await Promise.all(['P0', 'P1', 'P2', 'P3', 'P4', 'P5'].map(enrolled))
    const failure = fc.constantFrom<Answer>(500, 503, 400, 404, 302, 429, 'reset')
    const failures = fc.array(failure, { maxLength: 3 }).map((some): readonly Answer[] => [...some, 200])
    const plan = fc.record({
      who: fc.array(fc.nat(devices.length - 1), { minLength: 10, maxLength: 40 }),
      answers: fc.array(failures, { maxLength: 12 }),
    })
    let expected = 0
    await fc.assert(
      fc.asyncProperty(plan, async ({ who, answers }) => {
        const left = answers.flat()
        receiver.answer = () => left.shift() ?? 200
        expected += who.length
        for (const index of who) await reports(devices[index] as Wire, 1)
        await inTime('everything arrived', () => receiver.taken.length >= expected, 3 * SECOND)
        expect(receiver.taken).toHaveLength(expected)
        expect(outOfOrder(receiver)).toEqual([])
      }),
      { numRuns: 4 },
    )
    await eventually('nothing waits', async () => (await shown(id)).waiting === 0)
    expect(new Set((await log(id)).map(({ state }) => state))).toEqual(new Set(['delivered']))
  })

  it('have three thousand events that waited, a bounded number at once', async () => {
    await open()
    const receiver = await receiving()
    const { id } = await add(receiver)
    const { store } = world.server.services
    for (let round = 0; round < 3; round += 1)
      await store.transaction((tx) =>
        tx.addEvents(
          Array.from({ length: 1000 }, (_, index) => ({
            at: now,
            type: 'channel.collected',
            data: { enrollment: `E${index % 500}`, token: `${round} ${index}` },
          })),
        ),
      )
    await eventually('all arrive', () => receiver.taken.length === 3000)
    expect(outOfOrder(receiver)).toEqual([])
    expect(receiver.attempts).toHaveLength(3000)
    expect(receiver.busiest).toBeLessThanOrEqual(20)
    await eventually('nothing waits', async () => (await shown(id)).waiting === 0)
  })

  it('keep their secret: it is told once, and lies sealed', async () => {
    await open()
    const receiver = await receiving()
    receiver.answer = () => 500
    const device = await enrolled('SECRET')
    const lines: string[] = []
    const folder = await mkdtemp(join(tmpdir(), 'edict-webhook-'))
    const fresh = await freshDatabase(database)
    const config = readConfig(
      { listen: '127.0.0.1:0', database: fresh.database, data: folder, insecureDevices: true },
      TOKEN,
      MASTER_KEY,
    )
    const stream = { write: (line: string) => void lines.push(line) }
    const server = await startServer(config, { log: pino({ level: 'trace' }, stream), authorityKey })
    try {
      const admin = adminOf(server.url)
      const made = await admin('add-webhook', { body: { url: receiver.url } })
      const params = { id: made.id }
      const { secret } = await admin('rotate-webhook-secret', { params })
      await ipad(server.url, 'SECRET').enroll()
      await eventually('an attempt', () => receiver.attempts.length > 0)
      await admin('test-webhook', { params })
      const answers = [
        await admin('list-webhooks'),
        await admin('get-webhook', { params }),
        await eventually('a log', async () => {
          const { items } = await admin('list-deliveries', { params })
          return items.some(({ log: attempts }) => attempts.length > 0) ? items : false
        }),
        await admin('list-audit'),
        await admin('change-webhook', { params, body: { note: 'x' } }),
        await admin('remove-webhook', { params }),
        await admin('add-webhook', { body: { url: receiver.url } }).then(({ secret: _told, ...rest }) => rest),
      ]
      const kept = await server.services.store.read.secret(
        'edict.server',
        `webhook ${(await admin('list-webhooks')).items[0]?.id}`,
      )
      expect(kept?.sealedUnder).toBe(server.services.escrow.under)
      const places = JSON.stringify(answers) + lines.join('\n') + JSON.stringify(receiver.attempts)
      for (const one of [made.secret, secret]) {
        expect(places).not.toContain(one)
        expect(places).not.toContain(one.replace('whsec_', ''))
        expect(places).not.toContain(Buffer.from(one.replace('whsec_', ''), 'base64').toString('hex'))
      }
      expect(device.id).toBe('IPAD-SECRET')
    } finally {
      await server.close()
      await fresh.remove()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
