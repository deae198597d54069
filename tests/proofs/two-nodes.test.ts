import { type RunningServer, readConfig, startServer, sweep } from '@edict/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Admin, adminOf, TOKEN } from '../harness/admin.ts'
import { freshDatabase } from '../harness/databases.ts'
import { activation, passcodePolicy, testConfiguration } from '../harness/declarations.ts'
import { inParallel } from '../harness/fleet.ts'
import { putSet } from '../harness/give.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { ipad } from '../harness/wire.ts'

describe('two servers on one PostgreSQL', () => {
  let nodes: readonly RunningServer[]
  let admins: readonly Admin[]
  beforeAll(async () => {
    const { database } = await freshDatabase('postgres')
    const config = readConfig({ listen: '127.0.0.1:0', database, insecureDevices: true }, TOKEN, MASTER_KEY)
    const log = pino({ level: 'silent' })
    nodes = [await startServer(config, { log, authorityKey }), await startServer(config, { log, authorityKey })]
    admins = nodes.map(({ url }) => adminOf(url))
  })
  afterAll(async () => {
    for (const node of nodes) await node.close()
  })

  const pick = <T>(list: readonly T[], index: number): T => {
    const found = list[index % list.length]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }

  it('end with stored wanted equal to recomputed, after edits, enrollments and reports at once on both', async () => {
    const [admin] = admins as [Admin, ...Admin[]]
    for (const set of ['red', 'green', 'blue']) {
      await putSet(admin, set, {
        [`${set}.passcode`]: passcodePolicy(6),
        [`${set}.test`]: testConfiguration(set),
        [`${set}.activation`]: activation([`${set}.passcode`, `${set}.test`]),
      })
    }
    const devices = Array.from({ length: 60 }, (_, index) => ipad(pick(nodes, index).url, `NODE-${index}`))
    await inParallel(devices.slice(0, 20), 8, (device) => device.enroll())
    await admin('put-group', {
      params: { name: 'all' },
      body: { enrollments: devices.slice(0, 20).map(({ id }) => id) },
    })

    const capabilities = (index: number) => ({
      'supported-versions': ['1.0.0'],
      'supported-features': {},
      'supported-payloads': {
        declarations: {
          activations: ['com.apple.activation.simple'],
          assets: [],
          configurations: [
            'com.apple.configuration.management.status-subscriptions',
            'com.apple.configuration.management.test',
            ...(index % 2 === 0 ? ['com.apple.configuration.passcode.settings'] : []),
          ],
          management: ['com.apple.management.properties'],
        },
        'status-items': ['device.model.family', 'passcode.is-compliant'],
      },
    })
    const work = [
      ...devices.slice(20).map((device) => async () => device.enroll()),
      ...devices.slice(0, 20).map((device, index) => async () => {
        await device.report({ management: { 'client-capabilities': capabilities(index) } })
        await device.items()
        await device.report({ device: { 'operating-system': { version: `26.${index % 3}` } } })
      }),
      ...Array.from({ length: 30 }, (_, index) => async () => {
        const identifier = `${pick(['red', 'green', 'blue'], index)}.passcode`
        await pick(admins, index)('put-declaration', { params: { identifier }, body: passcodePolicy(4 + (index % 7)) })
      }),
      ...Array.from({ length: 20 }, (_, index) => async () => {
        const params = { name: 'all', set: pick(['red', 'green', 'blue'], index) }
        await pick(admins, index)('put-group-set', { params, body: { exclude: index % 5 === 4 } })
      }),
      ...devices.slice(0, 20).map((device, index) => async () => {
        await pick(admins, index)('put-properties', { params: { id: device.id }, body: { room: `${index}` } })
        await pick(admins, index + 1)('put-enrollment-set', { params: { id: device.id, name: 'blue' }, body: {} })
      }),
    ]
    const shuffled = work.map((run, index) => ({ run, order: (index * 7919) % 101 })).sort((a, b) => a.order - b.order)
    await inParallel(shuffled, 12, ({ run }) => run())

    for (const node of nodes) expect(await sweep(node.services)).toEqual([])
    const [one, other] = await Promise.all(admins.map((on) => on('list-enrollments', { query: { limit: 100 } })))
    expect(one?.items.map(({ id, wanted }) => [id, wanted])).toEqual(other?.items.map(({ id, wanted }) => [id, wanted]))
    expect(one?.items).toHaveLength(60)
  })

  it('answer a device the same tokens, whichever it asks', async () => {
    const [here, there] = nodes.map(({ url }) => ipad(url, 'BOTH'))
    if (here === undefined || there === undefined) throw new Error('two nodes are needed')
    await here.enroll()
    expect(await there.tokens()).toEqual(await here.tokens())
    await here.items()
    expect((await there.items()).DeclarationsToken).toBe((await here.tokens()).DeclarationsToken)
  })
})
