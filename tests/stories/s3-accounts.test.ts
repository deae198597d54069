import type { Device } from '@edict/device'
import type { JsonObject } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountAssets, everyAccount, mailAccount } from '../harness/accounts.ts'
import { activation } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { conditionOf, statusOf } from '../harness/said.ts'
import { disagreements, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const INCOMING = 'account.list.mail.incoming'
const OUTGOING = 'account.list.mail.outgoing'
const LISTS = [
  'account.list.caldav',
  'account.list.carddav',
  'account.list.exchange',
  'account.list.google',
  'account.list.ldap',
  INCOMING,
  OUTGOING,
  'account.list.subscribed-calendar',
] as const
type List = (typeof LISTS)[number]

describe.each(grounds)('S3: accounts on %s', (ground) => {
  let world: World
  let device: Device
  beforeAll(async () => {
    world = await openWorld(ground)
    device = await world.enroll({ kind: 'ipad' })
    await putSet(world.admin, 'mail', {
      ...accountAssets,
      'mail.one': mailAccount('one.example.org'),
      'mail.two': mailAccount('two.example.org'),
      'mail.on': activation(['mail.one', 'mail.two']),
    })
    await giveSet(world.admin, 'mail', device.id)
    await world.inSync(device)
  })
  afterAll(() => world.close())

  const onServer = async (list: List) =>
    ((await statusOf(world.admin, device.id, list))?.value ?? []) as readonly JsonObject[]
  const onDevice = (list: List) => viewOf(device).status[list] as readonly JsonObject[]
  const made = (accounts: readonly JsonObject[]) => accounts.map((account) => account['declaration-identifier']).sort()

  const reports = async () => (await world.admin('list-reports', { params: { id: device.id } })).items
  /** Every object of one account list that was reported during some work. */
  const reportedDuring = async (
    work: () => Promise<unknown>,
    list: List = INCOMING,
  ): Promise<readonly JsonObject[]> => {
    const last = (await reports())[0]?.id
    await work()
    await world.inSync(device)
    const all = await reports()
    const fresh = all.slice(
      0,
      all.findIndex(({ id }) => id === last),
    )
    expect(fresh.some(({ full }) => full)).toBe(false)
    return fresh.flatMap(({ statusItems }) => {
      const value = list.split('.').reduce<unknown>((at, key) => (at as JsonObject | undefined)?.[key], statusItems)
      return (value ?? []) as readonly JsonObject[]
    })
  }
  const serverEqualsDevice = async () => {
    for (const list of LISTS) {
      const key = ({ identifier }: JsonObject) => String(identifier)
      const sorted = (accounts: readonly JsonObject[]) => accounts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
      expect([list, sorted(await onServer(list))]).toEqual([list, sorted(onDevice(list))])
    }
    expect(await disagreements(world, device)).toEqual([])
  }

  it('two mail accounts come with the first report after the subscription: the whole list', async () => {
    expect(made(await onServer(INCOMING))).toEqual(['mail.one', 'mail.two'])
    expect(made(await onServer(OUTGOING))).toEqual(['mail.one', 'mail.two'])
    await serverEqualsDevice()
  })

  it('a third is added: only it is reported, and the server has three', async () => {
    const objects = await reportedDuring(async () => {
      await putSet(world.admin, 'third', {
        'mail.three': mailAccount('three.example.org'),
        'mail.three.on': activation(['mail.three']),
      })
      await giveSet(world.admin, 'third', device.id)
    })
    expect(made(objects)).toEqual(['mail.three'])
    expect(made(await onServer(INCOMING))).toEqual(['mail.one', 'mail.three', 'mail.two'])
    await serverEqualsDevice()
  })

  it('the user turns notes off in one: only it is reported, and replaced', async () => {
    const before = await onServer(INCOMING)
    const objects = await reportedDuring(async () => device.model.toggleAccount('mail.two', 'are-notes-enabled', false))
    expect(objects).toEqual([
      expect.objectContaining({
        'declaration-identifier': 'mail.two',
        'are-notes-enabled': false,
        'is-mail-enabled': true,
      }),
    ])
    const changed = (await onServer(INCOMING)).filter((account) => !before.some((old) => same(old, account)))
    expect(changed).toEqual(objects)
    await serverEqualsDevice()
  })

  it('one is removed: only its identifier and the mark are reported, and the server has two', async () => {
    const gone = (await onServer(INCOMING)).find((account) => account['declaration-identifier'] === 'mail.one')
    const objects = await reportedDuring(async () => {
      await world.admin('put-declaration', {
        params: { identifier: 'mail.on' },
        body: activation(['mail.two']),
      })
      await world.admin('put-set', {
        params: { name: 'mail' },
        body: { declarations: [...Object.keys(accountAssets), 'mail.two', 'mail.on'] },
      })
    })
    expect(objects).toEqual([{ identifier: gone?.identifier, _removed: true }])
    expect(made(await onServer(INCOMING))).toEqual(['mail.three', 'mail.two'])
    expect(made(await onServer(OUTGOING))).toEqual(['mail.three', 'mail.two'])
    expect(await conditionOf(world.admin, device.id, 'mail.one')).toBeUndefined()
    await serverEqualsDevice()
  })

  it('all eight account types arrive, one after the other, and the arrays stay equal', async () => {
    for (const [identifier, written] of Object.entries(everyAccount)) {
      const set = `set.${identifier}`
      await putSet(world.admin, set, { [identifier]: written, [`${identifier}.on`]: activation([identifier]) })
      await giveSet(world.admin, set, device.id)
      await world.inSync(device)
      await serverEqualsDevice()
    }
    for (const list of LISTS) expect([list, (await onServer(list)).length > 0]).toEqual([list, true])
  })

  it('each account names the declaration that made it, which is in force; and each declaration has its account', async () => {
    const lists = await Promise.all(LISTS.map((list) => onServer(list)))
    const makers = new Set(lists.flatMap(made))
    for (const maker of makers)
      expect(await conditionOf(world.admin, device.id, String(maker))).toMatchObject({
        kind: 'configuration',
        condition: 'in-force',
      })
    const { items } = await world.admin('get-manifest', { params: { id: device.id } })
    const accounts = items.filter(({ type }) => type.startsWith('com.apple.configuration.account.'))
    expect(new Set(accounts.map(({ identifier }) => identifier))).toEqual(makers)
    for (const { identifier, type } of accounts) {
      const having = LISTS.filter((_, index) => made(lists[index] ?? []).includes(identifier))
      expect([identifier, having.length]).toEqual([identifier, type.endsWith('.mail') ? 2 : 1])
    }
  })

  it('what was changed by the user and what was given by assets is told as the device has it', async () => {
    expect(await onServer('account.list.exchange')).toEqual([
      expect.objectContaining({ username: 'ada@school.example', 'is-mail-enabled': true, 'are-notes-enabled': true }),
    ])
    await reportedDuring(
      async () => device.model.toggleAccount('account.calendar', 'is-enabled', false),
      'account.list.subscribed-calendar',
    )
    expect(await onServer('account.list.subscribed-calendar')).toEqual([
      expect.objectContaining({
        'declaration-identifier': 'account.calendar',
        'calendar-url': 'https://calendars.example.org/fixtures.ics',
        'is-enabled': false,
      }),
    ])
    await serverEqualsDevice()
  })

  it('a full report leaves the arrays as they are', async () => {
    const before = await Promise.all(LISTS.map(onServer))
    await device.daily()
    await world.inSync(device)
    expect((await reports())[0]).toMatchObject({ full: true })
    await serverEqualsDevice()
    expect((await Promise.all(LISTS.map(onServer))).map(made)).toEqual(before.map(made))
  })
})

function same(one: JsonObject, other: JsonObject): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort())
}
