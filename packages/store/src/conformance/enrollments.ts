import type { Enrollment } from '@edict/core'
import { describe, expect, it } from 'vitest'
import { databases, nodeOf } from './databases.ts'
import { enroll, enrollment, user } from './fixtures.ts'

describe.each(databases)('enrollments on $name', (database) => {
  const node = nodeOf(database)

  it('gives back what was saved, with what the cohort says', async () => {
    const saved = enrollment('same', {
      state: 'enrolling',
      facts: { platform: 'macOS', deviceName: 'Zoë’s Mac 🍎', supervised: true },
      awaitingConfiguration: false,
      sync: { enabled: true, told: { token: 'a.b', at: 5 }, shown: ['a.b', 'c.d'], superseded: ['u1'] },
      lastSeenAt: 7,
    })
    await enroll(node.store, saved)
    expect(await node.store.read.channel('same')).toEqual({
      enrollment: saved,
      common: 'cohort-half',
      cohortSince: 1000,
    })
  })

  it('gives nothing for an id that is not there', async () => {
    expect(await node.store.read.channel('nobody')).toBeUndefined()
    expect(await node.store.read.channelsOf('nobody')).toEqual([])
  })

  it('gives each its own of many that are asked for at once, also twice, also of nobody', async () => {
    const saved = Array.from({ length: 600 }, (_, index) => enrollment(`at once ${index}`))
    await enroll(node.store, ...saved)
    const ids = [...saved.map(({ id }) => id).reverse(), 'nobody at once', 'at once 7']
    const found = await Promise.all(ids.map((id) => node.store.read.channel(id)))
    const given = (id: string) => (id === 'nobody at once' ? undefined : id)
    expect(found.map((channel) => channel?.enrollment.id)).toEqual(ids.map(given))
  })

  it('reads what was committed before it was asked', async () => {
    await enroll(node.store, enrollment('asked again', { period: 1 }))
    const first = node.store.read.channel('asked again')
    await enroll(node.store, enrollment('asked again', { period: 2 }))
    expect((await node.store.read.channel('asked again'))?.enrollment.period).toBe(2)
    expect([1, 2]).toContain((await first)?.enrollment.period)
  })

  it('replaces an enrollment whole', async () => {
    const before = enrollment('replaced', { userName: 'Ann', push: null, sync: { told: { token: 't', at: 1 } } })
    await enroll(node.store, before)
    const after = enrollment('replaced', { period: 2, cohort: 'other', own: 'other' })
    await enroll(node.store, after)
    const channel = await node.store.read.channel('replaced')
    expect(channel?.enrollment).toEqual(after)
    expect(channel?.common).toBe('other-half')
  })

  it('keeps the last of two of one id', async () => {
    await enroll(node.store, enrollment('twice', { period: 1 }), enrollment('twice', { period: 2 }))
    expect((await node.store.read.channel('twice'))?.enrollment.period).toBe(2)
  })

  it('keeps ids, names and tokens of any text', async () => {
    const texts = ['ключ', '日本', '🍎', '\0null', 'half \ud800 pair', '\u0001mark', "' or 1=1 --", '%_\\', 'e\u0301']
    for (const text of texts) {
      const saved = enrollment(`any ${text}`, {
        userName: text,
        cohort: `cohort ${text}`,
        own: text,
        facts: { deviceName: text },
        sync: { collected: { token: text, at: 1 }, shown: [text] },
      })
      await enroll(node.store, saved)
      expect((await node.store.read.channel(saved.id))?.enrollment).toEqual(saved)
      expect(await node.store.read.values(text)).toEqual({ properties: { is: text } })
      expect((await node.store.transaction((tx) => tx.lock([saved.id])))[0]?.enrollment).toEqual(saved)
    }
  })

  it('gives a device and its users by id, and the users of devices', async () => {
    await enroll(node.store, user('mac', 'b'), enrollment('mac'), user('mac', 'a'), enrollment('mac2'))
    const ids = (await node.store.read.channelsOf('mac')).map((channel) => channel.enrollment.id)
    expect(ids).toEqual(['mac', 'mac:a', 'mac:b'])
    await node.store.transaction(async (tx) => {
      expect(await tx.withUsers(['mac'])).toEqual(['mac', 'mac:a', 'mac:b'])
      expect(await tx.withUsers(['mac2', 'mac:b', 'nobody'])).toEqual(['mac2', 'mac:b'])
    })
  })

  it('saves ten thousand at once', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => enrollment(`many-${index}`, { cohort: 'many' }))
    await enroll(node.store, ...many)
    await node.store.transaction((tx) => tx.saveEnrollments(many.map((one) => ({ ...one, period: 2 }))))
    const found = await node.store.transaction((tx) => tx.lock(many.map((one) => one.id)))
    expect(found).toHaveLength(10_000)
    expect(found.every((channel) => channel.enrollment.period === 2)).toBe(true)
  })

  it('says which ids exist', async () => {
    await enroll(node.store, enrollment('is-there'))
    await node.store.transaction(async (tx) => {
      expect(await tx.existing(['is-there', 'is-not'])).toEqual(new Set(['is-there']))
      expect(await tx.existing([])).toEqual(new Set())
    })
  })

  it('locks by id and gives those that exist', async () => {
    await enroll(node.store, enrollment('lock-b'), enrollment('lock-a'))
    const locked = await node.store.transaction((tx) => tx.lock(['lock-b', 'lock-nobody', 'lock-a']))
    expect(locked.map((channel) => channel.enrollment.id)).toEqual(['lock-a', 'lock-b'])
    expect(await node.store.transaction((tx) => tx.lock([]))).toEqual([])
  })

  it('lets changes of one enrollment follow one another', async () => {
    await enroll(node.store, enrollment('counter', { period: 0 }))
    const other = await node.another()
    const count = (store: typeof other) =>
      store.transaction(async (tx) => {
        const [locked] = await tx.lock(['counter'])
        const before = locked?.enrollment as Enrollment
        await tx.saveEnrollments([{ ...before, period: before.period + 1 }])
      })
    await Promise.all(Array.from({ length: 60 }, (_, index) => count(index % 2 === 0 ? node.store : other)))
    expect((await node.store.read.channel('counter'))?.enrollment.period).toBe(60)
  })

  it('sees the cohort that a channel was moved to while it waited for the lock', async () => {
    await enroll(node.store, enrollment('moving', { cohort: 'from' }))
    await enroll(node.store, enrollment('moving-other', { cohort: 'to' }))
    const move = (cohort: string) =>
      node.store.transaction(async (tx) => {
        const [locked] = await tx.lock(['moving'])
        const before = locked?.enrollment as Enrollment
        await tx.saveEnrollments([{ ...before, cohort }])
        return locked?.common
      })
    const seen = await Promise.all(Array.from({ length: 20 }, (_, index) => move(index % 2 === 0 ? 'to' : 'from')))
    expect(seen.every((common) => common === 'from-half' || common === 'to-half')).toBe(true)
  })

  it('refuses a channel whose cohort is not there', async () => {
    const lost = node.store.transaction((tx) => tx.saveEnrollments([enrollment('lost', { cohort: 'not there' })]))
    await expect(lost).rejects.toThrow()
    expect(await node.store.read.channel('lost')).toBeUndefined()
  })

  it('pages a cohort by id, enrolled channels only', async () => {
    const ids = ['p1', 'p2', 'p3', 'p4', 'p5']
    await enroll(node.store, ...ids.map((id) => enrollment(id, { cohort: 'paged' })))
    await enroll(
      node.store,
      enrollment('p0', { cohort: 'paged', state: 'left' }),
      enrollment('p25', { cohort: 'paged', state: 'enrolling' }),
    )
    const page = async (cursor: string) =>
      (await node.store.transaction((tx) => tx.cohortPage('paged', cursor, 2))).map((one) => one.enrollment.id)
    expect(await page('')).toEqual(['p1', 'p2'])
    expect(await page('p2')).toEqual(['p3', 'p4'])
    expect(await page('p4')).toEqual(['p5'])
    expect(await page('p5')).toEqual([])
  })
})
