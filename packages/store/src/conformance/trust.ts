import { describe, expect, it } from 'vitest'
import type { Store, StoredAuthority, StoredCertificate } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const authority = (id: string, wish: Partial<StoredAuthority> = {}): StoredAuthority => ({
  id,
  role: 'device-identity',
  certificate: Uint8Array.of(0x30, 0, 255),
  sealedKey: Uint8Array.of(1, 2, 3),
  madeAt: 1000,
  retiredAt: null,
  ...wish,
})

const issued = (fingerprint: string, wish: Partial<StoredCertificate> = {}): StoredCertificate => ({
  fingerprint,
  authority: 'first',
  serial: '0a',
  subject: 'iPad',
  enrollment: null,
  askedWith: `challenge:${fingerprint}`,
  transactionId: 't',
  requestHash: 'r',
  der: Uint8Array.of(0, 128, 255),
  issuedAt: 1000,
  notAfter: 9000,
  revoked: null,
  ...wish,
})

describe.each(databases)('authorities, certificates and challenges on $name', (database) => {
  const node = nodeOf(database)
  const transaction: Store['transaction'] = (work) => node.store.transaction(work)
  const add = (certificate: StoredCertificate, store = node.store) =>
    store.transaction((tx) => tx.addCertificate(certificate))

  it('trusts a retired authority until the last of its certificates is over', async () => {
    const [old, young] = [authority('first'), authority('second', { madeAt: 2000 })]
    expect(await node.store.read.authorities(1000)).toEqual([])
    await transaction((tx) => tx.addAuthority(old))
    expect(await node.store.read.authorities(1000)).toEqual([old])
    expect(await add(issued('old'))).toBe(true)
    await transaction(async (tx) => {
      await tx.retireAuthority('first', 2000)
      await tx.addAuthority(young)
    })
    const retired = { ...old, retiredAt: 2000 }
    expect(await node.store.read.authorities(9000)).toEqual([young, retired])
    expect(await node.store.read.authorities(9001)).toEqual([young])
    expect(await node.store.read.certificatesAlive('first', 9000)).toBe(1)
    expect(await node.store.read.certificatesAlive('first', 9001)).toBe(0)
  })

  it('has one authority that issues', async () => {
    await expect(transaction((tx) => tx.addAuthority(authority('third')))).rejects.toThrow()
    await transaction((tx) => tx.retireAuthority('second', 2500))
    await transaction((tx) => tx.retireAuthority('second', 2600))
    await transaction((tx) => tx.addAuthority(authority('third', { madeAt: 3000 })))
    expect((await node.store.read.authorities(1000)).map(({ id }) => id)).toEqual(['third', 'first'])
    // The second, to which nothing leads, is there nevertheless; its key may be sealed anew, once.
    const every = await node.store.read.everyAuthority()
    expect(every.map(({ id }) => id)).toEqual(['first', 'second', 'third'])
    for (const byte of [7, 8])
      await transaction((tx) => tx.sealAuthorityAnew(every[1] as StoredAuthority, Uint8Array.of(byte)))
    expect((await node.store.read.everyAuthority())[1]?.sealedKey).toEqual(Uint8Array.of(7))
  })

  it('gives back a certificate as it was issued', async () => {
    const certificate = issued('c1', { enrollment: 'IPAD-1' })
    expect(await add(certificate)).toBe(true)
    expect(await node.store.read.certificate('c1')).toEqual(certificate)
    expect(await node.store.read.certificateAskedWith('challenge:c1')).toEqual(certificate)
    expect(await node.store.read.certificate('none')).toBeUndefined()
    expect(await node.store.read.certificateAskedWith('none')).toBeUndefined()
  })

  it('keeps one certificate for what was asked with, whoever tries at the same time', async () => {
    const other = await node.another()
    const tries = [0, 1, 2, 3].map((index) =>
      add(issued(`d${index}`, { askedWith: 'challenge:d' }), index % 2 === 0 ? node.store : other),
    )
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
  })

  it('revokes what is for a device, once, and what it could still ask for', async () => {
    const mine = { enrollment: 'IPAD-2' }
    for (const fingerprint of ['e1', 'e2']) await add(issued(fingerprint, mine))
    await add(issued('e3', { enrollment: 'IPAD-3' }))
    const meant = { madeAt: 1000, expiresAt: 2000, meant: 'IPAD-2' }
    await transaction(async (tx) => {
      await tx.addChallenge({ hash: 'unused', ...meant })
      await tx.addChallenge({ hash: 'used', ...meant })
      await tx.addChallenge({ hash: 'of-another', ...meant, meant: 'IPAD-3' })
      await tx.takeChallenge('used', { key: 'k', at: 1500 })
    })
    const revoke = (at: number, why: string) => transaction((tx) => tx.revokeCertificates('IPAD-2', { at, why }))
    expect(await revoke(3000, 'lost')).toBe(2)
    expect(await revoke(4000, 'again')).toBe(0)
    expect((await node.store.read.certificate('e1'))?.revoked).toEqual({ at: 3000, why: 'lost' })
    expect((await node.store.read.certificate('e3'))?.revoked).toBeNull()
    expect(await node.store.read.challenge('unused')).toBeUndefined()
    expect(await node.store.read.challenge('used')).toBeDefined()
    expect(await node.store.read.challenge('of-another')).toBeDefined()
  })

  it('gives a challenge to the first key that shows it, whoever tries at the same time', async () => {
    const other = await node.another()
    const challenge = { hash: 'f1', madeAt: 1000, expiresAt: 2000, meant: null }
    await transaction((tx) => tx.addChallenge(challenge))
    expect(await node.store.read.challenge('f1')).toEqual({ ...challenge, used: null })
    const tries = [0, 1, 2, 3].map((index) =>
      (index % 2 === 0 ? node.store : other).transaction((tx) =>
        tx.takeChallenge('f1', { key: `k${index}`, at: 1500 + index }),
      ),
    )
    const taken = await Promise.all(tries)
    expect(taken.filter(Boolean)).toHaveLength(1)
    const first = taken.indexOf(true)
    expect((await node.store.read.challenge('f1'))?.used).toEqual({ key: `k${first}`, at: 1500 + first })
    expect(await transaction((tx) => tx.takeChallenge('none', { key: 'k', at: 1 }))).toBe(false)
  })

  it('forgets challenges that are over', async () => {
    const challenge = { madeAt: 1000, expiresAt: 100, meant: null }
    await transaction(async (tx) => {
      await tx.addChallenge({ hash: 'g1', ...challenge })
      await tx.addChallenge({ hash: 'g2', ...challenge, expiresAt: 200 })
      expect(await tx.forgetChallenges(200)).toBe(1)
    })
    expect(await node.store.read.challenge('g1')).toBeUndefined()
    expect(await node.store.read.challenge('g2')).toBeDefined()
  })
})
