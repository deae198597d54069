import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type RunningServer, readConfig, startServer } from '@edict/server'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminOf, TOKEN } from '../harness/admin.ts'
import { databases, freshDatabase } from '../harness/databases.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { type Wire, wire } from '../harness/wire.ts'

const NEXT_KEY = Buffer.from(MASTER_KEY, 'hex').reverse().toString('hex')
const BOOTSTRAP = Buffer.from('bootstrap token of the tests, 0123456789 abcdefghij')
const UNLOCK = Buffer.from(Array.from({ length: 1500 }, (_, index) => (index * 31 + 7) % 256))

/** Lets nobody write the last of many. */
const DYING_ON_SQLITE = `create trigger dying before update on secrets when new.enrollment = 'MANY-249'
  begin select raise(abort, 'dead'); end`
const DYING_ON_POSTGRES = `create function dying() returns trigger language plpgsql as $$
  begin if new.enrollment = 'MANY-249' then raise exception 'dead'; end if; return new; end $$;
  create trigger dying before update on secrets for each row execute function dying()`

describe.each(databases)('escrowed secrets on %s', (kind) => {
  let folder: string
  let database: string
  let remove: () => Promise<void>
  let log = ''
  let current: { readonly keys: string; readonly server: RunningServer } | undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-escrow-'))
    const fresh = await freshDatabase(kind)
    database = fresh.database
    remove = fresh.remove
  })
  afterAll(async () => {
    await stopped()
    await rm(folder, { recursive: true, force: true })
    await remove()
  })

  interface Keys {
    readonly key?: string
    readonly previous?: string | undefined
    readonly token?: string
  }
  const start = ({ key = MASTER_KEY, previous, token = TOKEN }: Keys = {}): Promise<RunningServer> => {
    const values = { listen: '127.0.0.1:0', database, data: folder, insecureDevices: true }
    const stream = {
      write: (line: string) => {
        log += line
      },
    }
    return startServer(readConfig(values, token, key, previous), {
      log: pino({ level: 'trace' }, stream),
      authorityKey,
    })
  }
  /** The server that runs with these keys: the same as before, or another in its place. */
  const running = async <T>(keys: Keys, work: (server: RunningServer) => Promise<T>): Promise<T> => {
    if (current !== undefined && current.keys !== JSON.stringify(keys)) await stopped()
    current ??= { keys: JSON.stringify(keys), server: await start(keys) }
    return work(current.server)
  }
  const stopped = async (): Promise<void> => {
    await current?.server.close()
    current = undefined
  }
  const macAt = ({ url }: RunningServer, name: string): Wire => wire(url, { keys: { UDID: name } })
  /** Enrolls and escrows both secrets. */
  const escrowing = async (server: RunningServer, UDID: string): Promise<void> => {
    const mac = macAt(server, UDID)
    await mac.enroll({ ProductName: 'Mac15,3', OSVersion: '26.4' })
    const push = { Topic: 'com.apple.mgmt.External.tests', Token: Buffer.from('push'), PushMagic: 'magic' }
    await mac.send({ MessageType: 'TokenUpdate', UDID, ...push, UnlockToken: UNLOCK })
    await mac.send({ MessageType: 'SetBootstrapToken', UDID, BootstrapToken: BOOTSTRAP })
  }
  const given = async (server: RunningServer, UDID: string) => {
    const { status, body } = await macAt(server, UDID).send({ MessageType: 'GetBootstrapToken', UDID })
    return status === 200 && body.length > 0 ? Buffer.from(body).toString() : status
  }
  const told = async (server: RunningServer, id: string, name: 'bootstrap-token' | 'unlock-token') => {
    const { value } = await adminOf(server.url)('read-secret', { params: { id, name }, body: {} })
    return Buffer.from(value, 'base64')
  }
  const audit = async (server: RunningServer, action: string) =>
    (await adminOf(server.url)('list-audit', { query: { limit: 100 } })).items.filter((one) => one.action === action)
  /** A statement of somebody who has the database, while no server runs. */
  const meddle = async (statement: string): Promise<void> => {
    await stopped()
    if (kind === 'sqlite') {
      const file = new DatabaseSync(join(database, 'edict.db'))
      file.exec(statement)
      file.close()
      return
    }
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  const storedNow = async () => {
    await stopped()
    return stored(kind, database)
  }
  const bytes = (value: Uint8Array) =>
    kind === 'sqlite' ? `x'${Buffer.from(value).toString('hex')}'` : `'\\x${Buffer.from(value).toString('hex')}'::bytea`

  it('are in nothing that is stored, listed, logged or told but the answer to who reads them', async () => {
    await running({}, async (server) => {
      await escrowing(server, 'MAC-HIDDEN')
      expect(await given(server, 'MAC-HIDDEN')).toContain(BOOTSTRAP.toString('base64'))
      const admin = adminOf(server.url)
      const params = { id: 'MAC-HIDDEN' }
      const listed = await admin('list-secrets', { params })
      expect(listed.items).toMatchObject([
        { name: 'bootstrap-token', state: 'current' },
        { name: 'unlock-token', state: 'current' },
      ])
      expect(await told(server, 'MAC-HIDDEN', 'bootstrap-token')).toEqual(BOOTSTRAP)
      expect(await told(server, 'MAC-HIDDEN', 'unlock-token')).toEqual(UNLOCK)
      const answers = [listed, await admin('get-enrollment', { params }), await admin('list-audit')]
      for (const name of ['list-commands', 'list-reports', 'get-status', 'get-manifest', 'get-conditions'] as const)
        answers.push((await admin(name, { params })) as never)
      const events = await server.services.store.scan.events(0, 1000)
      for (const place of [JSON.stringify(answers), JSON.stringify(events), log]) expectNothingOf(Buffer.from(place))
      expect(log).toContain('MAC-HIDDEN')
    })
    for (const file of await storedNow()) expectNothingOf(file)
  })

  it('in commands are told to the device alone: everywhere else they are concealed, and sealed where they are stored', async () => {
    const id = 'IPAD-FORGOT'
    const body = { RequestType: 'ClearPasscode', UnlockToken: { $data: UNLOCK.toString('base64') } }
    await running({}, async (server) => {
      const ipad = macAt(server, id)
      await ipad.enroll()
      await ipad.enable()
      const admin = adminOf(server.url)
      const sent = await admin('send-command', { params: { id }, body })
      expect(sent.command).toEqual({ RequestType: 'ClearPasscode', UnlockToken: '•••' })
      const command = await ipad.connect()
      expect(command?.Command).toEqual({ RequestType: 'ClearPasscode', UnlockToken: new Uint8Array(UNLOCK) })
      const result = { Status: 'Error', CommandUUID: sent.uuid, response: {} } as const
      await ipad.connect(result as never)
      const again = await admin('retry-command', { params: { id, uuid: sent.uuid } })
      expect(again.command).toEqual(sent.command)
      const told = [again, await admin('list-commands', { params: { id } }), await admin('list-audit')]
      const events = await server.services.store.scan.events(0, 1000)
      expectNothingOf(Buffer.from(JSON.stringify([told, events]) + log))
      expect((await audit(server, 'send-command'))[0]?.detail).toEqual(sent.command)
      const retried = await ipad.connect()
      expect(retried).toEqual({ CommandUUID: again.uuid, Command: command?.Command })
    })
  })

  it('that a device answers with are escrowed, and concealed in the result', async () => {
    const id = 'IPAD-ASKED'
    await running({}, async (server) => {
      const ipad = macAt(server, id)
      await ipad.enroll()
      await ipad.enable()
      const admin = adminOf(server.url)
      const asked = { RequestType: 'ActivationLockBypassCode' }
      const { uuid } = await admin('send-command', { params: { id }, query: { override: 'test' }, body: asked })
      expect((await ipad.connect())?.CommandUUID).toBe(uuid)
      const response = { ActivationLockBypassCode: BOOTSTRAP.toString() }
      await ipad.connect({ Status: 'Acknowledged', CommandUUID: uuid, response } as never)
      const shown = await admin('get-command', { params: { id, uuid } })
      expect(shown).toMatchObject({ state: 'acknowledged', response: { ActivationLockBypassCode: '•••' } })
      const params = { id, name: 'activation-lock-bypass-code' } as const
      const { value } = await admin('read-secret', { params, body: {} })
      expect(Buffer.from(value, 'base64')).toEqual(BOOTSTRAP)
    })
    for (const file of await storedNow()) expectNothingOf(file)
  })

  it('leave who read them, when and why', async () => {
    await running({}, async (server) => {
      const admin = adminOf(server.url)
      const params = { id: 'MAC-HIDDEN', name: 'unlock-token' } as const
      await admin('read-secret', { params, body: { reason: 'forgot the passcode' } })
      expect((await audit(server, 'read-secret'))[0]).toMatchObject({
        actor: 'admin',
        target: 'enrollments/MAC-HIDDEN/secrets/unlock-token/read',
        detail: { reason: 'forgot the passcode', period: 1 },
      })
      const entries = (await audit(server, 'read-secret')).length
      for (const reason of ['', ' ']) {
        const refused = await admin.refused('read-secret', { params, body: { reason } })
        expect(refused).toMatchObject({ status: 400, at: '/body/reason' })
      }
      const none = { id: 'MAC-HIDDEN', name: 'unlock-token' } as const
      expect(await admin.refused('read-secret', { params: none, body: { period: 7 } })).toMatchObject({
        status: 404,
        code: 'secret-missing',
      })
      const nobody = { id: 'edict.server', name: 'unlock-token' } as const
      expect(await admin.refused('read-secret', { params: nobody })).toMatchObject({ code: 'enrollment-missing' })
      expect(await audit(server, 'read-secret')).toHaveLength(entries)
    })
  })

  it('of an enrollment that is over stay, each to be read by its period', async () => {
    await running({}, async (server) => {
      await escrowing(server, 'MAC-TWICE')
      const mac = macAt(server, 'MAC-TWICE')
      await mac.enroll({ ProductName: 'Mac15,3', OSVersion: '26.4' })
      await mac.send({ MessageType: 'SetBootstrapToken', UDID: 'MAC-TWICE', BootstrapToken: Buffer.from('second') })
      const admin = adminOf(server.url)
      const { items } = await admin('list-secrets', { params: { id: 'MAC-TWICE' } })
      expect(items.map(({ name, period, state }) => [name, period, state])).toEqual([
        ['bootstrap-token', 2, 'current'],
        ['bootstrap-token', 1, 'past'],
        ['unlock-token', 1, 'past'],
      ])
      expect((await told(server, 'MAC-TWICE', 'bootstrap-token')).toString()).toBe('second')
      const params = { id: 'MAC-TWICE', name: 'bootstrap-token' } as const
      const first = await admin('read-secret', { params, body: { period: 1 } })
      expect(Buffer.from(first.value, 'base64')).toEqual(BOOTSTRAP)
    })
  })

  it('do not open in the place of another: neither of another device, nor another name, nor another period', async () => {
    await running({}, async (server) => {
      await escrowing(server, 'MAC-ROBBED')
      await macAt(server, 'MAC-THIEF').enroll({ ProductName: 'Mac15,3', OSVersion: '26.4' })
    })
    const copied = [
      ['MAC-THIEF', 'bootstrap-token', 1],
      ['MAC-THIEF', 'unlock-token', 1],
      ['MAC-ROBBED', 'bootstrap-token', 7],
    ] as const
    for (const [enrollment, name, period] of copied)
      await meddle(`insert into secrets (enrollment, name, period, value, sealed, at, sealed_under)
        select '${enrollment}', '${name}', ${period}, value, sealed, at, sealed_under from secrets
        where enrollment = 'MAC-ROBBED' and name = 'bootstrap-token' and period = 1`)
    await running({}, async (server) => {
      log = ''
      expect(await given(server, 'MAC-THIEF')).toBe(200)
      expect(log).toContain('an escrowed secret does not open')
      const before = await audit(server, 'read-secret')
      for (const [id, name, period] of copied) {
        const refused = await adminOf(server.url).refused('read-secret', { params: { id, name }, body: { period } })
        expect(refused).toMatchObject({ status: 409, code: 'secret-unopened' })
      }
      expect(await audit(server, 'read-secret')).toEqual(before)
      // What the device escrows next takes the place of the damaged one.
      const UDID = 'MAC-THIEF'
      await macAt(server, UDID).send({ MessageType: 'SetBootstrapToken', UDID, BootstrapToken: Buffer.from('own') })
      expect(await given(server, UDID)).toContain(Buffer.from('own').toString('base64'))
    })
    await meddle(`delete from secrets where period = 7 or (enrollment = 'MAC-THIEF' and name = 'unlock-token')`)
  })

  it('of a version that stored them as they came are sealed before it listens, and leave no trace', async () => {
    await running({}, (server) => escrowing(server, 'MAC-OLD'))
    await meddle(
      `update secrets set value = ${bytes(UNLOCK)}, sealed_under = null where enrollment = 'MAC-OLD' and name = 'unlock-token'`,
    )
    await meddle(
      `update secrets set value = ${bytes(BOOTSTRAP)}, sealed_under = null where enrollment = 'MAC-OLD' and name = 'bootstrap-token'`,
    )
    expect(
      (await storedNow()).some((file) => file.includes(kind === 'sqlite' ? BOOTSTRAP : BOOTSTRAP.toString('hex'))),
    ).toBe(true)
    await running({}, async (server) => {
      expect(await given(server, 'MAC-OLD')).toContain(BOOTSTRAP.toString('base64'))
      expect(await told(server, 'MAC-OLD', 'unlock-token')).toEqual(UNLOCK)
      expect(await audit(server, 'seal-secrets')).toHaveLength(1)
    })
    for (const file of await storedNow()) expectNothingOf(file)
    await running({}, async (server) => expect(await audit(server, 'seal-secrets')).toHaveLength(1))
  })

  it('go over to another master key when both are there, once, and need the old one no more', async () => {
    const many = 250
    await running({ token: '' }, async ({ services, generatedToken }) => {
      expect(generatedToken).not.toBeNull()
      const { store, escrow } = services
      await store.transaction(async (tx) => {
        for (let index = 0; index < many; index += 1) {
          const place = { enrollment: `MANY-${index}`, name: 'unlock-token', period: 1 }
          const value = escrow.seal({ kind: 'secret', ...place }, Buffer.from(`secret ${index}`))
          await tx.putSecret(place.enrollment, { ...place, value, sealedUnder: escrow.under, at: 1 })
        }
      })
    })
    // A start that dies in the middle: some batches are done, the authority is not.
    await meddle(kind === 'sqlite' ? DYING_ON_SQLITE : DYING_ON_POSTGRES)
    await expect(start({ key: NEXT_KEY, previous: MASTER_KEY })).rejects.toThrow()
    await meddle(kind === 'sqlite' ? 'drop trigger dying' : 'drop trigger dying on secrets')
    await running({}, async ({ services }) => {
      const counts = await services.store.read.sealedCounts()
      expect(counts.map(({ under }) => under === services.escrow.under).sort()).toEqual([false, true])
      expect(log).toContain('a master key that this server does not have')
    })
    await stopped()
    await expect(start({ key: NEXT_KEY })).rejects.toThrow(/does not fit this database/)
    log = ''
    await running({ key: NEXT_KEY, previous: MASTER_KEY }, async (server) => {
      expect(log).toContain('nothing is left under the previous master key')
      expect(await given(server, 'MAC-HIDDEN')).toContain(BOOTSTRAP.toString('base64'))
      const counts = await server.services.store.read.sealedCounts()
      expect(counts).toEqual([{ under: server.services.escrow.under, count: expect.any(Number) }])
      const entries = await audit(server, 'rotate-master-key')
      expect(entries).toMatchObject([
        { actor: 'server', target: 'master-key', detail: { to: server.services.escrow.under } },
      ])
    })
    await stopped()
    await running({ key: NEXT_KEY, previous: MASTER_KEY }, async (server) =>
      expect(await audit(server, 'rotate-master-key')).toHaveLength(1),
    )
    await running({ key: NEXT_KEY }, async (server) => {
      expect(await told(server, 'MAC-HIDDEN', 'unlock-token')).toEqual(UNLOCK)
      const place = { enrollment: `MANY-${many - 1}`, name: 'unlock-token', period: 1 }
      const last = await server.services.store.read.secret(place.enrollment, place.name)
      const open = server.services.escrow.open({ kind: 'secret', ...place }, last?.value ?? new Uint8Array())
      expect(Buffer.from(open).toString()).toBe(`secret ${many - 1}`)
    })
    // The hash of the generated admin token went over too.
    await running({ key: NEXT_KEY, token: '' }, async ({ generatedToken }) => expect(generatedToken).toBeNull())
    await stopped()
    await expect(start()).rejects.toThrow(/does not fit this database/)
    await expect(start({ key: NEXT_KEY, previous: NEXT_KEY })).rejects.toThrow(/it is the master key itself/)
  })

  it.runIf(kind === 'postgres')(
    'are sealed anew while a node with the old key runs, which says what it cannot open',
    async () => {
      const [old, third] = [{ key: NEXT_KEY }, { key: MASTER_KEY, previous: NEXT_KEY }]
      await stopped()
      const late = await start(old)
      const node = await start(third)
      expect(await given(node, 'MAC-OLD')).toContain(BOOTSTRAP.toString('base64'))
      log = ''
      expect(await given(late, 'MAC-OLD')).toBe(503)
      expect(log).toContain(`it was sealed under ${node.services.escrow.under}`)
      // What the late node takes meanwhile lies under the old key, and the others open it.
      await escrowing(late, 'MAC-LATE')
      expect(await given(node, 'MAC-LATE')).toContain(BOOTSTRAP.toString('base64'))
      await late.close()
      await node.close()
      await running(third, async ({ services }) => {
        expect(log).toContain('nothing is left under the previous master key')
        const counts = await services.store.read.sealedCounts()
        expect(counts.map(({ under }) => under)).toEqual([services.escrow.under])
      })
      await running({ key: NEXT_KEY, previous: MASTER_KEY }, async () => undefined)
    },
  )

  it('that another master key opens are not denied: the Mac is told to come again, the administrator which key', async () => {
    const other = 'ab'.repeat(8)
    const strange = await running({ key: NEXT_KEY }, async ({ services }) => {
      const found = await services.store.read.secret('MAC-HIDDEN', 'bootstrap-token')
      return Uint8Array.from(found?.value ?? [])
    })
    strange.set(Buffer.from(other, 'hex'), 4)
    await meddle(`update secrets set sealed_under = '${other}', value = ${bytes(strange)}
      where enrollment = 'MAC-HIDDEN' and name = 'bootstrap-token'`)
    log = ''
    await running({ key: NEXT_KEY }, async (server) => {
      expect(log).toContain('a master key that this server does not have')
      expect(await given(server, 'MAC-HIDDEN')).toBe(503)
      const params = { id: 'MAC-HIDDEN', name: 'bootstrap-token' } as const
      const refused = await adminOf(server.url).refused('read-secret', { params })
      expect(refused).toMatchObject({ code: 'secret-unopened', detail: expect.stringContaining(other) })
      expect(refused.remedy).toContain('--previous-master-key')
    })
  })
})

/** The very octets, and the texts that could have them in them. */
function expectNothingOf(place: Uint8Array): void {
  const where = Buffer.from(place)
  for (const secret of [BOOTSTRAP, UNLOCK]) {
    // In base64 of something longer the secret stands at one of three offsets; what borders on others is left out.
    const encoded = [0, 1, 2].map((offset) =>
      Buffer.concat([Buffer.alloc(offset), secret])
        .toString('base64')
        .slice(4, -4),
    )
    const forms = [secret, secret.toString('hex'), secret.toString('hex').toUpperCase(), ...encoded]
    for (const form of forms) expect(where.includes(form)).toBe(false)
  }
}

/** All that the database has on its disk, or all rows of all tables. */
async function stored(kind: string, database: string): Promise<readonly Buffer[]> {
  if (kind === 'sqlite') {
    const files = (await readdir(database)).filter((name) => name.startsWith('edict.db'))
    return Promise.all(files.map((name) => readFile(join(database, name))))
  }
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  )
  const dumps: Buffer[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`)
    dumps.push(Buffer.from(rows.map(({ line }) => line).join('\n')))
  }
  await client.end()
  return dumps
}
