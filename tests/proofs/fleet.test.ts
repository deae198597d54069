import type { EndpointResponse } from '@edict/api'
import type { DeclarationItemsResponse, JsonObject } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad, type Wire, wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const DAY = 86_400_000
const T = testConfiguration('one')
const MAC_ONLY = { Type: 'com.apple.configuration.diskmanagement.settings', Payload: { Restrictions: {} } } as const

type Fleet = EndpointResponse<'get-fleet'>
type Line = EndpointResponse<'list-fleet'>['items'][number]
type State = (identifier: string) => JsonObject

const isFine: State = () => ({ active: true, valid: 'valid' })
const isBad: State = (identifier) =>
  identifier === 't'
    ? { active: true, valid: 'invalid', reasons: [{ code: 'Error.ConfigurationCannotBeApplied', description: 'No' }] }
    : { active: true, valid: 'valid' }
const sleeps: State = (identifier) =>
  identifier === 't.on'
    ? { active: false, valid: 'valid', reasons: [{ code: 'Info.Predicate', description: 'Predicate is false' }] }
    : { active: false, valid: 'unknown' }

/** Collects what it should hold, and reports of each declaration what is said of it. */
async function holds(device: Wire, state: State = isFine): Promise<void> {
  await device.tokens()
  const items = (await device.items()).Declarations
  for (const { Identifier } of items.Activations) await device.body('activation', Identifier)
  for (const { Identifier } of items.Configurations) await device.body('configuration', Identifier)
  for (const { Identifier } of items.Management) await device.body('management', Identifier)
  const stated = (listed: DeclarationItemsResponse['Declarations']['Assets']) =>
    listed.map(({ Identifier, ServerToken }) => ({
      identifier: Identifier,
      'server-token': ServerToken,
      ...state(Identifier),
    }))
  await device.report({
    management: {
      declarations: {
        activations: stated(items.Activations),
        assets: stated(items.Assets),
        configurations: stated(items.Configurations),
        management: stated(items.Management),
      },
    },
  })
}

describe.each(databases)('the fleet at a glance on %s', (database) => {
  let world: World
  let now = Date.UTC(2026, 8, 1, 8)
  let late = 0
  let paired = 0
  const device = (name: string) => ipad(world.url, name)
  const pendingWakes = async () => (await world.server.services.store.scan.counts()).pendingWakes
  /** Waits for a fact while the clock of the server goes on. */
  const passing = <T>(what: string, look: () => Promise<T>) =>
    eventually(what, () => {
      now += 1000
      return look()
    })
  const enrolled = async (name: string, state?: State) => {
    const one = device(name)
    await one.enroll()
    await world.admin('put-enrollment-set', { params: { id: one.id, name: 'base' } })
    await one.enable()
    await holds(one, state)
    return one
  }

  beforeAll(async () => {
    world = await openWorld(database, { now: () => now })
    const { admin } = world
    await putSet(admin, 'base', { t: T, 't.on': activation(['t']) })
    await putSet(admin, 'pair', { p: testConfiguration('pair'), 'p.on': activation(['p']) })
    await putSet(admin, 'macs', { m: MAC_ONLY, 'm.on': activation(['m']) })
    await enrolled('SILENT')
    now += 3 * DAY
    const [one, two] = [await enrolled('ONE'), await enrolled('TWO')]
    for (const { id } of [one, two]) await giveSet(admin, 'pair', id)
    for (const each of [one, two]) await holds(each)
    await enrolled('BAD', isBad)
    await enrolled('ASLEEP', sleeps)
    await giveSet(admin, 'macs', (await enrolled('OUT')).id)
    const tardy = await enrolled('LATE')
    await device('FRESH').enroll()
    const mac = wire(world.url, { keys: { UDID: 'MAC' } })
    await mac.enroll({ ProductName: 'Mac15,3', OSVersion: '26.4' })
    await wire(world.url, {
      keys: { UDID: 'MAC', UserID: 'ANN', UserShortName: 'ann', UserLongName: 'Ann' },
    }).updateToken()
    const left = await enrolled('LEFT')
    await left.send({ MessageType: 'CheckOut', UDID: 'IPAD-LEFT', Topic: 'com.apple.mgmt.External.tests' })
    const tokenless = await enrolled('TOKENLESS')
    await passing('nobody is to be woken', async () => (await pendingWakes()) === 0)
    world.apns.fail(() => ({ status: 410, reason: 'Unregistered', since: now + 1 }))
    await admin('nudge-enrollment', { params: { id: tokenless.id } })
    await passing('its token is retired', async () => {
      const channel = await world.server.services.store.read.channel(tokenless.id)
      return channel?.enrollment.push === null
    })
    await passing('nobody is to be woken', async () => (await pendingWakes()) === 0)
    world.apns.fail(() => ({ status: 503, reason: 'ServiceUnavailable' }))
    // Changes come a second apart, as those that people make.
    now += 2000
    late = (await admin('put-properties', { params: { id: tardy.id }, body: { floor: 2 } })).revision
    now += 2000
    paired = (await admin('put-declaration', { params: { identifier: 'p' }, body: testConfiguration('new') })).revision
    await holds(one)
    // Whoever speaks here does so without a certificate: these are put beside.
    const pin = { state: 'current', pinnedAt: now, revokedAt: null, why: null } as const
    await world.server.services.store.transaction(async (tx) => {
      await tx.addPin({ ...pin, fingerprint: 'ends', enrollment: one.id, notAfter: now + 20 * DAY })
      await tx.addPin({ ...pin, fingerprint: 'ended', enrollment: two.id, notAfter: now - DAY })
      await tx.addPin({ ...pin, fingerprint: 'lasts', enrollment: tardy.id, notAfter: now + 300 * DAY })
    })
    await admin('expect-devices', { body: { serials: ['S1', 'S2', 'S3'] } })
  })
  afterAll(() => world.close())

  /** The picture once nothing moves any more. */
  const glance = () =>
    eventually('the picture stands still', async () => {
      const seen = await world.admin('get-fleet')
      const numbers = numbersIn(seen)
      const still = numbers.get('pushes-waiting') === (await pendingWakes())
      return still && numbers.get('behind') === 5 && numbers.get('silent') === 1 ? seen : undefined
    })
  const listed = async (what: string, limit = 100): Promise<readonly Line[]> => {
    const lines: Line[] = []
    let cursor: string | null = null
    do {
      const query: { limit: number; cursor?: string } = { limit, ...(cursor === null ? {} : { cursor }) }
      const page: EndpointResponse<'list-fleet'> = await world.admin('list-fleet', { params: { what }, query })
      expect(page.items.length).toBeLessThanOrEqual(limit)
      lines.push(...page.items)
      cursor = page.next
    } while (cursor !== null)
    return lines
  }
  const who = async (what: string) => (await listed(what)).map(({ enrollment }) => enrollment?.replace('IPAD-', ''))

  it('counts exactly who is there, and lists each', async () => {
    const seen = numbersIn(await glance())
    const expected: Readonly<Record<string, readonly string[]>> = {
      devices: ['ASLEEP', 'BAD', 'FRESH', 'LATE', 'ONE', 'OUT', 'SILENT', 'TOKENLESS', 'TWO', 'MAC'],
      users: ['MAC:ANN'],
      left: ['LEFT'],
      iOS: ['ASLEEP', 'BAD', 'FRESH', 'LATE', 'ONE', 'OUT', 'SILENT', 'TOKENLESS', 'TWO'],
      macOS: ['MAC', 'MAC:ANN'],
      silent: ['SILENT'],
      'without-token': ['TOKENLESS'],
      'identity-ends': ['ONE'],
      'identity-ended': ['TWO'],
      failed: ['BAD'],
      'behind:first': ['FRESH', 'MAC', 'MAC:ANN'],
      [`behind:${late}`]: ['LATE'],
      [`behind:${paired}`]: ['TWO'],
      [`in-sync:${paired}`]: ['ONE'],
    }
    for (const [what, members] of Object.entries(expected)) {
      expect([what, await who(what)]).toEqual([what, members])
      expect([what, seen.get(what)]).toEqual([what, members.length])
    }
    expect(seen.get('expected')).toBe(3)
    expect((await listed('expected')).map(({ name }) => name)).toEqual(['S1', 'S2', 'S3'])
  })

  it('counts declarations by condition, with the reasons that devices and this server give', async () => {
    const { reasons } = await glance()
    expect(reasons.map(({ what, count, channels }) => [what, count, channels])).toEqual([
      ['inactive:Info.Predicate', 2, 1],
      ['failed:Error.ConfigurationCannotBeApplied', 1, 1],
      ['left-out:left-out-configurations', 1, 1],
      ['left-out:left-out-ineligible', 1, 1],
    ])
    const lines = (what: string) =>
      listed(what).then((all) => all.map(({ enrollment, declaration }) => [enrollment, declaration?.identifier]))
    expect(await lines('left-out')).toEqual([
      ['IPAD-OUT', 'm.on'],
      ['IPAD-OUT', 'm'],
    ])
    expect(await lines('inactive:Info.Predicate')).toEqual([
      ['IPAD-ASLEEP', 't.on'],
      ['IPAD-ASLEEP', 't'],
    ])
    expect((await listed('failed'))[0]).toMatchObject({
      enrollment: 'IPAD-BAD',
      declaration: { kind: 'configuration', identifier: 't' },
      code: 'Error.ConfigurationCannotBeApplied',
      message: 'No',
    })
  })

  it('says who waits for which change, who made it, and since when', async () => {
    const { changes } = await glance()
    const waited = changes.filter(({ behind }) => behind.count > 0)
    expect(waited).toMatchObject([
      {
        revision: paired,
        action: 'put-declaration',
        target: 'declarations/p',
        behind: { count: 1 },
        inSync: { count: 1 },
      },
      { revision: late, action: 'put-properties', target: 'enrollments/IPAD-LATE/properties', inSync: { count: 0 } },
    ])
    for (const { at, since } of waited) expect(Date.parse(at ?? '') - Date.parse(since ?? '')).toBeLessThan(1000)
  })

  it('gives every number exactly as long a list, in pages however small, nothing twice', async () => {
    const seen = numbersIn(await glance())
    expect(seen.size).toBeGreaterThan(30)
    for (const [what, count] of seen) {
      const lines = await listed(what, 3)
      expect([what, lines.length]).toEqual([what, count])
      expect(new Set(lines.map((line) => JSON.stringify(line))).size, what).toBe(count)
    }
  })

  it('adds up', async () => {
    const fleet = await glance()
    const seen = numbersIn(fleet)
    const sum = (...words: readonly string[]) => words.reduce((total, word) => total + (seen.get(word) ?? 0), 0)
    const total = (numbers: readonly { readonly count: number }[]) => numbers.reduce((all, { count }) => all + count, 0)
    expect(fleet.channels).toBe(11)
    for (const part of [
      sum('devices', 'users'),
      sum('enrolled', 'enrolling'),
      sum('in-sync', 'behind'),
      sum('healthy', 'ailing'),
      total(fleet.platforms),
      total(fleet.stages),
    ])
      expect(part).toBe(fleet.channels)
    expect(total(fleet.causes)).toBe(seen.get('ailing'))
    const behind = fleet.changes.map((change) => change.behind)
    expect(total(behind) + sum('behind:first', 'behind:self')).toBe(seen.get('behind'))
    for (const word of ['failed', 'left-out', 'inactive'])
      expect(total(fleet.reasons.filter(({ condition }) => condition === word))).toBe(seen.get(word))
    const ids = (await listed('channels')).map(({ enrollment }) => enrollment ?? '')
    const judged = await Promise.all(ids.map((id) => world.admin('get-conditions', { params: { id } })))
    expect(total(fleet.conditions)).toBe(judged.flatMap(({ items }) => items).length)
  })

  it('counts who is ailing under the best explanation of its own diagnosis', async () => {
    const { causes } = await glance()
    const ailing = await listed('ailing')
    expect(ailing.map(({ enrollment }) => enrollment)).toEqual(['IPAD-BAD', 'IPAD-LATE', 'IPAD-TWO'])
    for (const { enrollment, code } of ailing) {
      const { healthy, causes: own } = await world.admin('get-diagnosis', { params: { id: enrollment ?? '' } })
      expect([enrollment, healthy, own.find(({ harmless }) => !harmless)?.code]).toEqual([enrollment, false, code])
    }
    for (const { what, code } of causes)
      expect((await listed(what)).map((line) => line.code)).toEqual(
        ailing.map((one) => one.code).filter((one) => one === code),
      )
  })

  it('refuses a word that names no number, and says which is near', async () => {
    const refused = await world.admin.refused('list-fleet', { params: { what: 'faild' } })
    expect(refused).toMatchObject({ status: 404, code: 'number-unknown', found: 'faild' })
    expect(refused.detail).toContain('the nearest is failed')
    expect(await listed('IOS')).toHaveLength(9)
    expect(await listed('behind:999999')).toEqual([])
    expect(await listed('failed:Error.Nothing')).toEqual([])
  })

  it('says when pushing rests, and why', async () => {
    expect((await glance()).push.resting).toEqual([])
    world.apns.fail(() => ({ status: 403, reason: 'BadCertificate' }))
    for (const name of ['ONE', 'TWO', 'BAD', 'ASLEEP']) {
      await world.admin('nudge-enrollment', { params: { id: `IPAD-${name}` } })
    }
    const { push } = await passing('pushing rests', async () => {
      const seen = await world.admin('get-fleet')
      return seen.push.resting.length > 0 ? seen : undefined
    })
    expect(push.resting).toMatchObject([{ topic: 'com.apple.mgmt.External.tests', reason: 'BadCertificate' }])
    await eventually('the pushes that wait are as many as are counted', async () => {
      const count = numbersIn(await world.admin('get-fleet')).get('pushes-waiting')
      return (await listed('pushes-waiting', 1)).length === count
    })
  })

  it('begins again, and answers, with a cursor that nobody gave', async () => {
    for (const cursor of [
      '',
      'AAAA',
      Buffer.from('9\nx\ny\nz').toString('base64url'),
      Buffer.from('1e999').toString('base64url'),
    ])
      for (const what of ['channels', 'expected', 'pushes-waiting'])
        expect((await world.admin('list-fleet', { params: { what }, query: { cursor } })).items).toBeInstanceOf(Array)
  })
})

/** Every number of a picture by its word. */
function numbersIn(part: unknown, found = new Map<string, number>()): Map<string, number> {
  if (typeof part !== 'object' || part === null) return found
  if ('what' in part && 'count' in part) found.set(String(part.what), Number(part.count))
  for (const each of Object.values(part as Fleet)) numbersIn(each, found)
  return found
}
