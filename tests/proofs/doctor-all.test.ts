import { expect, it } from 'vitest'
import { catchUp, type Stated } from '../harness/catch-up.ts'
import { databases } from '../harness/databases.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { inParallel, pushTokenOf } from '../harness/fleet.ts'
import { putSet } from '../harness/give.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld } from '../harness/world.ts'

const MINUTE = 60_000

/** What devices do, when all were pushed for the first time. */
type Doing = (device: Wire) => Promise<unknown>

const says =
  (told: Readonly<Record<string, Stated>>): Doing =>
  async (device) => {
    await device.enable()
    await catchUp(device, told)
  }
const because = (code: string): Stated => ({ active: false, valid: 'invalid', reasons: [{ code }] })

/** Ten troubles: how many devices have each, and what those do. The last two begin when more is wanted. */
const planted: readonly { readonly code: string; readonly devices: number; readonly does: Doing }[] = [
  { code: 'no-push-token', devices: 24, does: async () => {} },
  {
    code: 'command-refused',
    devices: 22,
    does: async (device) => {
      const offered = await device.connect()
      const CommandUUID = offered?.CommandUUID ?? ''
      await device.connect({ Status: 'NotNow', CommandUUID } as Parameters<Wire['connect']>[0])
    },
  },
  { code: 'asset-unavailable', devices: 20, does: says({ test: because('Error.AssetCannotBeDownloaded') }) },
  { code: 'predicate-broken', devices: 18, does: says({ on: because('Error.PredicateFailed') }) },
  { code: 'payload-keys-unknown', devices: 16, does: says({ test: because('Error.UnknownPayloadKeys') }) },
  { code: 'declaration-not-supported', devices: 14, does: says({ test: because('Error.UnknownDeclarationType') }) },
  {
    code: 'configuration-without-activation',
    devices: 12,
    does: says({ test: because('Info.NotReferencedByActivation') }),
  },
  { code: 'activation-lists-missing', devices: 10, does: says({ on: because('Error.MissingConfigurations') }) },
  { code: 'push-without-effect', devices: 8, does: says({}) },
  { code: 'push-not-delivered', devices: 6, does: says({}) },
]
const HEALTHY = 50

it.each(databases)('ten causes on two hundred devices are each found on who has them, on %s', async (database) => {
  let skew = 0
  const world = await openWorld(database, { now: () => Date.now() + skew })
  const { admin } = world
  const { store, tracer } = world.server.services
  await putSet(admin, 'first', { test: testConfiguration('first'), on: activation(['test']) })
  await putSet(admin, 'second', { 'test.more': testConfiguration('second'), 'on.more': activation(['test.more']) })

  const groups = [...planted, { code: 'healthy', devices: HEALTHY, does: says({}) }].map(({ code, devices, does }) => ({
    code,
    does,
    members: Array.from({ length: devices }, (_, index) => ipad(world.url, `${code}-${index}`)),
  }))
  const membersOf = (code: string) => groups.find((group) => group.code === code)?.members ?? []
  const all = groups.flatMap(({ does, members }) => members.map((device) => ({ does, device })))
  const pushed = () =>
    eventually('whoever is to be pushed was', async () => (await store.scan.counts()).pendingWakes === 0)
  const assign = async (name: string, set: string, members: readonly Wire[]) => {
    await admin('put-group', { params: { name }, body: { enrollments: members.map(({ id }) => id) } })
    await admin('put-group-set', { params: { name, set }, body: {} })
    await pushed()
  }

  const tokenless = new Set(membersOf('no-push-token'))
  await inParallel(all, 16, async ({ device }) => {
    if (!tokenless.has(device)) return device.enroll()
    const facts = { ProductName: 'iPad13,1', OSVersion: '26.4.2' }
    await device.send({
      MessageType: 'Authenticate',
      UDID: device.id,
      Topic: 'com.apple.mgmt.External.tests',
      ...facts,
    })
  })
  await assign(
    'all',
    'first',
    all.map(({ device }) => device),
  )
  await inParallel(all, 16, ({ does, device }) => does(device))
  const refused = new Set(membersOf('push-not-delivered').map(pushTokenOf))
  world.apns.fail(({ token }) => (refused.has(token) ? { status: 410, reason: 'Unregistered' } : null))
  await assign('late', 'second', [...membersOf('push-without-effect'), ...membersOf('push-not-delivered')])
  await tracer.flush()
  skew += 11 * MINUTE

  const isRight = (fleet: Awaited<ReturnType<typeof admin<'get-fleet-diagnosis'>>>) => {
    expect([fleet.channels, fleet.healthy]).toEqual([200, HEALTHY])
    expect(fleet.groups.map(({ code, channels }) => [code, channels])).toEqual(
      planted.map(({ code, devices }) => [code, devices]),
    )
    for (const { code, examples } of fleet.groups) {
      const ids = new Set(membersOf(code ?? '').map(({ id }) => id))
      expect(examples).toHaveLength(Math.min(10, ids.size))
      for (const id of examples) expect(ids).toContain(id)
    }
  }
  isRight(await admin('get-fleet-diagnosis', {}))
  await eventually('all is kept', async () =>
    (await store.scan.channelDiagnoses(null, 1000)).items.every(({ fresh }) => fresh),
  )
  isRight(await admin('get-fleet-diagnosis', {}))
  for (const { code, members } of groups) {
    const { items } = await store.scan.diagnosed(code, null, 1000)
    expect(items.map(({ enrollment }) => enrollment).sort()).toEqual(members.map(({ id }) => id).sort())
  }
  const metrics = await (await fetch(`${world.url}/metrics`)).text()
  for (const { code, members } of groups)
    expect(metrics).toContain(`edict_diagnoses{code="${code}"} ${members.length}\n`)
  await world.close()
})
