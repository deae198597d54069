import { type Endpoint, endpointPath, endpoints, type Problem } from '@edict/api'
import type { Json, JsonObject } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { sendRaw } from '../harness/raw.ts'
import { ipad, SHARED, type Wire, wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const MEBIBYTE = 1024 * 1024
const table: readonly Endpoint[] = endpoints

describe.each(databases)('the admin face on %s', (database) => {
  let world: World
  let mac: Wire
  let user: Wire
  let shared: Wire
  beforeAll(async () => {
    world = await openWorld(database)
    const facts = { ProductName: 'Mac15,12', OSVersion: '26.4.2' }
    mac = wire(world.url, { keys: { UDID: 'MAC-ADMIN' } })
    user = wire(world.url, { keys: { UDID: 'MAC-ADMIN', UserID: '0A1B-2C3D', UserShortName: 'ada' } })
    const tablet = wire(world.url, { keys: { UDID: 'SHARED' } })
    shared = wire(world.url, { keys: { UDID: 'SHARED', UserID: SHARED, UserShortName: 'ada/lin@school.example' } })
    await mac.enroll(facts)
    await user.updateToken()
    await user.send({
      MessageType: 'TokenUpdate',
      UDID: 'MAC-ADMIN',
      UserID: '0A1B-2C3D',
      UserShortName: 'ada',
      Topic: 'com.apple.mgmt.External.tests',
      Token: Buffer.from('token'),
      PushMagic: 'magic',
      UnlockToken: Buffer.from('unlock'),
    })
    await tablet.enroll()
    await shared.updateToken()
    await putSet(world.admin, 'given', { 'given.test': testConfiguration('given') })
  })
  afterAll(() => world.close())

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${world.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...init.headers },
    })

  describe('ids with a colon', () => {
    /** Every endpoint about an enrollment, with a body where it needs one. */
    const bodies: Readonly<Record<string, JsonObject>> = {
      'put-properties': { room: '12' },
      'put-enrollment-set': {},
      'send-command': { RequestType: 'ProfileList' },
      'read-secret': {},
    }
    /** What they list does not say whose it is. */
    const nameless = ['list-reports', 'list-commands', 'list-apps', 'list-secrets', 'put-properties']
    const about = table.filter(({ path }) => path.startsWith('/api/v1/enrollments/:id'))

    /** A command that an endpoint can do its work on. */
    const commandFor = async (name: string): Promise<string> => {
      const body = { RequestType: 'ProfileList' }
      const { uuid } = await world.admin('send-command', { params: { id: user.id }, body })
      if (name === 'retry-command') await world.admin('cancel-command', { params: { id: user.id, uuid } })
      const { store } = world.server.services
      const command = name === 'confirm-command' ? await store.read.command(user.id, uuid) : undefined
      if (command !== undefined) await store.transaction((tx) => tx.saveCommand({ ...command, state: 'unanswered' }))
      return uuid
    }

    it.each(about.map(({ name }) => name))('work on %s, encoded or not', async (name) => {
      const endpoint = about.find((line) => line.name === name)
      if (endpoint === undefined) throw new Error(`there is no ${name}`)
      const other = name === 'move-enrollment' ? 'MAC-ADMIN:0A1B-2C3D' : 'unused'
      const body = bodies[name]
      for (const encode of [(id: string) => id, encodeURIComponent, (id: string) => id.replaceAll(':', '%3a')]) {
        if (name === 'delete-enrollment-set') await giveSet(world.admin, 'given', user.id)
        const path = endpoint.path
          .replace(':id', encode(name === 'move-enrollment' ? 'SHARED:ada%2Flin@school.example' : user.id))
          .replace(':name', name === 'read-secret' ? 'unlock-token' : 'given')
          .replace(':uuid', endpoint.path.includes(':uuid') ? await commandFor(name) : '')
          .replace(':other', encode(other))
        // A slash in an id is always encoded, or it would end the segment.
        const whole = path.replaceAll('%252F', '%2F')
        const response = await call(whole, {
          method: endpoint.method,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        expect(response.status, `${endpoint.method} ${whole}: ${await response.clone().text()}`).toBe(200)
        const answer = JSON.stringify(await response.json())
        if (!nameless.includes(name))
          // Certificates belong to devices: what is revoked for a user channel is its device's.
          expect(answer).toContain(name === 'revoke-enrollment' ? '"MAC-ADMIN"' : 'MAC-ADMIN:0A1B-2C3D')
      }
    })

    it('name who is meant, and nobody else', async () => {
      expect(await world.admin('get-enrollment', { params: { id: user.id } })).toMatchObject({
        id: 'MAC-ADMIN:0A1B-2C3D',
        channel: 'user',
        device: 'MAC-ADMIN',
      })
      expect(await world.admin('get-enrollment', { params: { id: shared.id } })).toMatchObject({
        id: 'SHARED:ada/lin@school.example',
        channel: 'user',
      })
      for (const id of ['MAC-ADMIN:', ':0A1B-2C3D', 'MAC-ADMIN%3A0A1B-2C3D', 'mac-admin:0a1b-2c3d'])
        expect(await world.admin.refused('get-enrollment', { params: { id } })).toMatchObject({ status: 404 })
    })

    it('an id that is no text is 400, not a failure', async () => {
      for (const path of ['%', '%ff', 'MAC%00']) {
        const response = await call(`/api/v1/enrollments/${path}`)
        expect([400, 404], path).toContain(response.status)
        expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      }
    })
  })

  describe('what cannot be read', () => {
    const put = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
      call('/api/v1/declarations/unread', { method: 'PUT', body, headers })
    const problem = async (response: Response): Promise<Problem> => {
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      return (await response.json()) as Problem
    }

    it.each([
      [
        'a comma too many',
        '{"Type": "com.apple.configuration.management.test",\n "Payload": {},}',
        'line 2, column 16',
      ],
      ['a body that breaks off', '{"Type": "x",\n\n "Payload": {', 'line 3'],
      ['single quotes', "{'Type': 1}", 'line 1, column 2'],
      ['two values', '{} {}', 'line 1, column 4'],
    ])('%s is 400 and its place is told', async (_, body, place) => {
      const response = await put(body)
      const document = await problem(response)
      expect(document).toMatchObject({ status: 400, code: 'request-malformed' })
      expect(`${document.at} ${document.detail}`).toContain(place)
    })

    it('what is not UTF-8, and more than 64 levels, are 400', async () => {
      expect((await problem(await put(Buffer.from([0x22, 0xff, 0x22])))).status).toBe(400)
      expect((await problem(await put(`${'['.repeat(100)}${']'.repeat(100)}`))).status).toBe(400)
    })

    it('a key of another type is 400 with the pointer to it', async () => {
      expect(await problem(await put('{"Type": 1, "Payload": {}}'))).toMatchObject({
        status: 400,
        at: '/body/Type',
        found: 1,
      })
      expect(
        await problem(await call('/api/v1/sets/x', { method: 'PUT', body: '{"declarations":["a",2]}' })),
      ).toMatchObject({
        status: 400,
        at: '/body/declarations/1',
      })
    })

    it('a key that means nothing is refused, not dropped', async () => {
      const response = await call('/api/v1/sets/x', { method: 'PUT', body: '{"declarations":[],"descripton":"?"}' })
      expect(await problem(response)).toMatchObject({ status: 400 })
      expect(await problem(await call('/api/v1/enrollments?behnd=true'))).toMatchObject({ status: 400 })
    })

    it('a body that is not JSON is 415', async () => {
      expect(await problem(await put('Type: x', { 'content-type': 'application/yaml' }))).toMatchObject({
        status: 415,
        code: 'media-type-unsupported',
      })
    })

    it.each(['9007199254740993', '-9007199254740993', '1e400', '123456789012345678901234567890'])(
      'the number %s is refused at every door, with its place',
      async (number) => {
        const doors: [string, string, string][] = [
          [
            'PUT',
            '/api/v1/declarations/big',
            `{"Type":"com.apple.configuration.management.test","Payload":{"Echo":${number}}}`,
          ],
          ['PUT', `/api/v1/enrollments/${mac.id}/properties`, `{"room":${number}}`],
          ['POST', '/api/v1/properties', `{"items":[{"enrollment":"${mac.id}","properties":{"room":${number}}}]}`],
          ['POST', `/api/v1/enrollments/${mac.id}/commands`, `{"RequestType":"ProfileList","N":${number}}`],
        ]
        for (const [method, path, body] of doors) {
          const document = await problem(await call(path, { method, body }))
          expect(document, `${method} ${path}`).toMatchObject({ status: 400, code: 'request-malformed' })
          expect(document.at).toMatch(/^line 1, column \d+$/)
        }
      },
    )

    it('numbers up to 2^53 are kept as they are', async () => {
      const Payload = { Echo: 'x', most: 9_007_199_254_740_991, least: -9_007_199_254_740_991 }
      const body = { Type: 'com.apple.management.properties', Payload }
      await world.admin('put-declaration', { params: { identifier: 'most' }, body })
      expect((await world.admin('get-declaration', { params: { identifier: 'most' } })).Payload).toEqual(Payload)
    })

    it('a body over 16 MiB is 413, one just under it is read', async () => {
      const sent = { path: '/api/v1/sets/x', headers: { authorization: `Bearer ${TOKEN}` } }
      const over = await sendRaw(world.url, Buffer.alloc(16 * MEBIBYTE + 1, ' '), sent)
      expect(over.status).toBe(413)
      expect(JSON.parse(over.body)).toMatchObject({ status: 413, code: 'body-too-large' })
      expect((await put(Buffer.alloc(16 * MEBIBYTE, ' '))).status).toBe(400)
    })

    it('headers over 16 KiB are 431', async () => {
      expect((await call('/api/v1/sets', { headers: { 'x-long': 'x'.repeat(17 * 1024) } })).status).toBe(431)
      expect((await call('/api/v1/sets', { headers: { 'x-long': 'x'.repeat(15 * 1024) } })).status).toBe(200)
    })

    it('an unknown path is 404, a known one with another method 405', async () => {
      expect(await problem(await call('/api/v1/nothing'))).toMatchObject({ status: 404, code: 'route-unknown' })
      expect(await problem(await call('/api/v1/sets', { method: 'DELETE' }))).toMatchObject({
        status: 405,
        code: 'method-not-allowed',
      })
    })
  })

  describe('lists', () => {
    type Listed = { readonly items: readonly JsonObject[]; readonly next: string | null }

    /** The keys of all items, page by page; `between` runs after each page. */
    const walk = async (path: string, key: string, limit: number, between: () => Promise<unknown>) => {
      const seen: Json[] = []
      let cursor: string | null = null
      do {
        const query: string = new URLSearchParams({
          limit: `${limit}`,
          ...(cursor === null ? {} : { cursor }),
        }).toString()
        const response = await call(`${path}${path.includes('?') ? '&' : '?'}${query}`)
        expect(response.status).toBe(200)
        const page = (await response.json()) as Listed
        expect(page.items.length).toBeLessThanOrEqual(limit)
        for (const item of page.items) seen.push(item[key] ?? null)
        cursor = page.next
        await between()
      } while (cursor !== null)
      return seen
    }
    const declare = (identifier: string) =>
      world.admin('put-declaration', { params: { identifier }, body: testConfiguration(identifier) })
    const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

    it.each<[string, string, string, (name: string) => Promise<unknown>]>([
      ['declarations', '/api/v1/declarations?q=list.', 'Identifier', declare],
      [
        'sets',
        '/api/v1/sets',
        'name',
        (name) => world.admin('put-set', { params: { name }, body: { declarations: [] } }),
      ],
      [
        'groups',
        '/api/v1/groups',
        'name',
        (name) => world.admin('put-group', { params: { name }, body: { enrollments: [] } }),
      ],
      ['enrollments', '/api/v1/enrollments?q=list.', 'id', (name) => ipad(world.url, name).enroll()],
    ])('%s: what was there at the start comes once, whatever is added meanwhile', async (_, path, key, add) => {
      for (const name of names('list.m', 7)) await add(name)
      const before = await walk(path, key, 1000, async () => undefined)
      let added = 0
      const seen = await walk(path, key, 2, async () => {
        await add(`list.a${added}`)
        await add(`list.z${added}`)
        added += 1
        // The list must come to an end although something is always added at its end.
        if (added > 3) add = async () => undefined
      })
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.filter((item) => before.includes(item))).toEqual(before)
    })

    it('what is newest first goes on where it was, although newer ones come', async () => {
      const id = mac.id
      await declare('versions')
      for (const Echo of names('v', 5))
        await world.admin('put-declaration', { params: { identifier: 'versions' }, body: testConfiguration(Echo) })
      for (const level of [1, 2, 3, 4, 5]) await mac.report({ 'com.example': { level } })
      for (const RequestType of ['ProfileList', 'SecurityInfo', 'CertificateList'])
        await world.admin('send-command', { params: { id }, body: { RequestType } })
      let more = 0
      const lists: [string, string, () => Promise<unknown>][] = [
        [
          '/api/v1/declarations/versions/versions',
          'version',
          () =>
            world.admin('put-declaration', {
              params: { identifier: 'versions' },
              body: testConfiguration(`m${++more}`),
            }),
        ],
        [`/api/v1/enrollments/${id}/reports`, 'id', () => mac.report({ 'com.example': { level: ++more } })],
        [
          `/api/v1/enrollments/${id}/commands`,
          'uuid',
          () => world.admin('send-command', { params: { id }, body: { RequestType: 'ProfileList' } }),
        ],
        ['/api/v1/audit', 'id', () => declare(`audited.${++more}`)],
      ]
      for (const [path, key, add] of lists) {
        const before = await walk(path, key, 1000, async () => undefined)
        expect(before.length, path).toBeGreaterThanOrEqual(3)
        let additions = 0
        const seen = await walk(path, key, 2, async () => (additions++ < 3 ? add() : undefined))
        expect(seen, path).toEqual(before)
      }
    })

    const paged = table.filter(({ query }) => JSON.stringify(query ?? {}).includes('"cursor"'))
    const nobodys = ['', '\0', 'NaN', '-1', '1e999', '9'.repeat(400), 'x'.repeat(1000), 'without:', '5\n\0', 'ü']

    it.each(paged.map(({ name }) => name))('a cursor that no page gave harms nobody: %s', async (name) => {
      const webhook = await world.admin('add-webhook', { body: { url: 'https://hooks.example.com/' } })
      const id = name === 'list-deliveries' ? webhook.id : mac.id
      const params = { id, name: 'given', identifier: 'given.test', item: 'any', what: 'pushes-waiting' }
      const path = endpointPath(paged.find((line) => line.name === name)?.path ?? '', params)
      for (const text of nobodys) {
        const cursor = Buffer.from(text).toString('base64url')
        const response = await call(`${path}?cursor=${cursor}`)
        const body = (await response.json()) as Listed & Problem
        expect([text, response.status]).toEqual([text, response.status === 200 ? 200 : 400])
        if (response.status !== 200) expect(body).toMatchObject({ code: 'request-malformed', at: '/query/cursor' })
        else expect(body.items.length, text).toBeLessThanOrEqual(100)
      }
      await world.admin('remove-webhook', { params: { id: webhook.id } })
    })

    it('a page has no more than was asked for, and a limit or cursor that makes no sense is 400', async () => {
      for (const query of ['limit=0', 'limit=1001', 'limit=x', 'cursor=%20', `cursor=${'x'.repeat(3000)}`])
        expect((await call(`/api/v1/sets?${query}`)).status, query).toBe(400)
    })
  })

  describe('a status item over the fleet', () => {
    it('is counted per value and per answer, and can be asked for either', async () => {
      const fleet = ['A', 'B', 'C', 'D'].map((name) => ipad(world.url, `FLEET-${name}`))
      for (const device of fleet) await device.enroll()
      const [a, b, c] = fleet as [Wire, Wire, Wire]
      for (const device of [a, b]) await device.report({ 'com.example': { color: 'blue' } })
      await c.report({ 'com.example': { color: ['red', 'green'] } })
      const look = (query: { readonly value?: string; readonly answer?: 'value' | 'never-reported' }) =>
        world.admin('get-fleet-status', { params: { item: 'com.example.color' }, query: { limit: 1000, ...query } })
      const all = await look({})
      expect(all.counts.values).toEqual(
        expect.arrayContaining([
          { value: 'blue', count: 2 },
          { value: ['red', 'green'], count: 1 },
        ]),
      )
      expect(all.counts.answers.value).toBe(3)
      const total = (await world.admin('list-enrollments', { query: { limit: 1000 } })).items.length
      expect(Object.values(all.counts.answers).reduce((sum, count) => sum + count, 0)).toBe(total)
      expect(all.items).toHaveLength(total)
      const ids = (page: typeof all) => page.items.map(({ enrollment }) => enrollment)
      expect(ids(await look({ value: 'blue' }))).toEqual([a.id, b.id])
      expect(ids(await look({ value: '[ "red", "green" ]' }))).toEqual([c.id])
      expect(ids(await look({ value: 'green' }))).toEqual([])
      expect(ids(await look({ answer: 'value' }))).toEqual([a.id, b.id, c.id])
      for (const { answer } of all.items) {
        const { items, counts } = await look({ answer: answer as 'value' })
        expect(items.every((item) => item.answer === answer)).toBe(true)
        expect(items).toHaveLength(counts.answers[answer])
      }
    })
  })

  describe('commands as JSON', () => {
    it('keep data, dates, reals and large integers on their way to the device and back', async () => {
      const device = ipad(world.url, 'COMMANDS')
      await device.enroll()
      await device.enable()
      await device.items()
      const body = {
        RequestType: 'Settings',
        Settings: [
          { Item: 'Wallpaper', Image: { $data: 'AAECAw==' } },
          { Item: 'TimeZone', From: { $date: '2026-09-01T08:00:00Z' }, Real: { $real: 2 }, Half: 0.5 },
          { Item: 'Big', Id: { $integer: '9223372036854775807' }, Literal: { $dict: { $data: 'text' } } },
        ],
      }
      const override = 'keys that Apple does not have'
      const { uuid } = await world.admin('send-command', { params: { id: device.id }, body, query: { override } })
      const command = await device.connect()
      expect(command?.CommandUUID).toBe(uuid)
      const settings = command?.Command.Settings as unknown as readonly JsonObject[]
      expect(settings[0]?.Image).toEqual(new Uint8Array([0, 1, 2, 3]))
      expect(settings[1]?.From).toEqual(new Date('2026-09-01T08:00:00Z'))
      expect(settings[1]?.Real).toMatchObject({ value: 2 })
      expect(settings[2]?.Id).toBe(9_223_372_036_854_775_807n)
      expect(settings[2]?.Literal).toEqual({ $data: 'text' })

      const response = { Blob: new Uint8Array([255, 0]), At: new Date('2026-09-02T00:00:00Z'), Deep: { Id: 2n ** 60n } }
      expect(await device.connect({ Status: 'Acknowledged', CommandUUID: uuid, response } as never)).toBeNull()
      const { items } = await world.admin('list-commands', { params: { id: device.id } })
      expect(items[0]).toMatchObject({
        uuid,
        state: 'acknowledged',
        command: body,
        response: {
          Blob: { $data: '/wA=' },
          At: { $date: '2026-09-02T00:00:00Z' },
          Deep: { Id: { $integer: '1152921504606846976' } },
        },
      })
    })

    it.each<[string, Json, string]>([
      ['null', null, '/N'],
      ['data that is not base64', { $data: '?' }, '/N/$data'],
      ['a date that is none', { $date: 'tomorrow' }, '/N/$date'],
      ['an integer of 65 bits', { $integer: '99999999999999999999' }, '/N/$integer'],
    ])('%s is refused with its place', async (_, N, at) => {
      const body = { RequestType: 'ProfileList', N }
      const problem = await world.admin.refused('send-command', { params: { id: mac.id }, body })
      expect(problem).toMatchObject({ status: 422, code: 'command-malformed', at })
    })
  })

  describe('what needs no token', () => {
    it('says that it runs and that it is ready', async () => {
      expect(await (await fetch(`${world.url}/healthz`)).json()).toEqual({ status: 'ok' })
      expect(await (await fetch(`${world.url}/readyz`)).json()).toEqual({ status: 'ready' })
    })

    it('gives measurements in the text format of Prometheus, each with help and type', async () => {
      const response = await fetch(`${world.url}/metrics`)
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
      const text = await response.text()
      for (const name of [
        'edict_device_requests_total',
        'edict_device_request_seconds',
        'edict_offers_total',
        'edict_status_reports_total',
        'edict_pushes_total',
        'edict_fleet',
      ]) {
        expect(text).toContain(`# HELP ${name} `)
        expect(text).toContain(`# TYPE ${name} `)
      }
      expect(text).toMatch(/^edict_fleet\{what="enrolled"\} [1-9]\d*$/m)
      expect(text).toMatch(/^edict_device_requests_total\{endpoint="TokenUpdate",status="200"\} [1-9]\d*$/m)
      for (const line of text.split('\n')) expect(line).toMatch(/^(#.*|[a-z_]+(\{[^}]*\})? \S+|)$/)
    })

    it('tells nothing about the fleet', async () => {
      expect(await (await fetch(`${world.url}/metrics`)).text()).not.toContain('MAC-ADMIN')
      for (const { path, public: open } of table) {
        const response = await fetch(
          `${world.url}${endpointPath(path, { id: 'x', name: 'x', identifier: 'x', set: 'x', other: 'x', item: 'x', uuid: 'x', what: 'x' })}`,
        )
        if (open !== true) expect([401, 404, 405], path).toContain(response.status)
        await response.body?.cancel()
      }
    })
  })
})
