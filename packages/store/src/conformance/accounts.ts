import { describe, expect, it } from 'vitest'
import type { Account, Grant, SignIn } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const ada = (name: string): Account => ({
  name,
  managedAppleAccount: `${name}@school.example`,
  password: '$argon2id$…',
  madeAt: 1000,
  passwordAt: 1000,
})

const signIn = (id: string, wish: Partial<SignIn> = {}): SignIn => ({
  stateHash: `state ${id}`,
  purpose: { kind: 'account', mode: 'byod' },
  identifier: 'ada@school.example',
  browserHash: null,
  verifier: 'verifier',
  nonce: 'nonce',
  expiresAt: 9000,
  ...wish,
})

const granted = (id: string, name: string, wish: Partial<Grant> = {}): Grant => ({
  tokenHash: `token ${id}`,
  account: { name, managedAppleAccount: `${name}@school.example`, mode: 'byod' },
  madeAt: 1000,
  profileUntil: 5000,
  profileUsedAt: null,
  enrollment: null,
  boundAt: null,
  revokedAt: null,
  why: null,
  ...wish,
})

const how = { at: 3000, why: 'signed-out' }

describe.each(databases)('accounts on $name', (database) => {
  const node = nodeOf(database)

  it('are found by name, each once', async () => {
    const added = await node.store.transaction(async (tx) => [
      await tx.addAccount(ada('ada')),
      await tx.addAccount({ ...ada('ada'), managedAppleAccount: 'other' }),
    ])
    expect(added).toEqual([true, false])
    expect(await node.store.read.account('ada')).toEqual(ada('ada'))
    expect(await node.store.read.account('ADA')).toBeUndefined()
  })

  it('get another password, and go', async () => {
    await node.store.transaction((tx) => tx.addAccount(ada('bea')))
    expect(await node.store.transaction((tx) => tx.setPassword('bea', 'other', 2000))).toBe(true)
    expect(await node.store.read.account('bea')).toMatchObject({ password: 'other', passwordAt: 2000, madeAt: 1000 })
    expect(await node.store.transaction((tx) => tx.removeAccount('bea'))).toBe(true)
    const gone = await node.store.transaction(async (tx) => [
      await tx.removeAccount('bea'),
      await tx.setPassword('bea', 'again', 3000),
    ])
    expect(gone).toEqual([false, false])
  })

  it('are listed by name, by pages', async () => {
    for (const name of ['list-b', 'list-c', 'list-a']) await node.store.transaction((tx) => tx.addAccount(ada(name)))
    const page = await node.store.scan.accounts('list', 2)
    expect(page.items.map(({ name }) => name)).toEqual(['list-a', 'list-b'])
    expect((await node.store.scan.accounts(page.next, 2)).items.map(({ name }) => name)).toEqual(['list-c'])
  })
})

describe.each(databases)('sign-ins on $name', (database) => {
  const node = nodeOf(database)

  it('give back what was added, and end once', async () => {
    const one = signIn('one', { browserHash: 'browser' })
    await node.store.transaction((tx) => tx.addSignIn(one))
    expect(await node.store.read.signIn('state one')).toEqual(one)
    const ended = await Promise.all(
      Array.from({ length: 8 }, () => node.store.transaction((tx) => tx.endSignIn('state one'))),
    )
    expect(ended.filter((won) => won)).toHaveLength(1)
    expect(await node.store.read.signIn('state one')).toBeUndefined()
  })

  it('are forgotten when they are over', async () => {
    await node.store.transaction((tx) => tx.addSignIn(signIn('late', { expiresAt: 100 })))
    await node.store.transaction((tx) => tx.forgetSignIns(200))
    expect(await node.store.read.signIn('state late')).toBeUndefined()
  })
})

describe.each(databases)('grants on $name', (database) => {
  const node = nodeOf(database)
  const add = (one: Grant) => node.store.transaction((tx) => tx.addGrant(one))
  const use = (id: string, now = 2000) => node.store.transaction((tx) => tx.useProfileGrant(`token ${id}`, now))
  const bind = (id: string, device: string) => node.store.transaction((tx) => tx.bindGrant(`token ${id}`, device, 2000))

  it('give a profile to one of many who ask at once, before their time is over', async () => {
    await add(granted('profile', 'ada'))
    const used = await Promise.all(Array.from({ length: 8 }, () => use('profile')))
    expect(used.filter((won) => won)).toHaveLength(1)
    expect(await node.store.read.grant('token profile')).toEqual(granted('profile', 'ada', { profileUsedAt: 2000 }))
    await add(granted('late', 'ada'))
    expect(await use('late', 5000)).toBe(false)
    expect(await use('nobody')).toBe(false)
  })

  it('are bound to one of many devices that show them at once', async () => {
    await add(granted('channel', 'ada'))
    const bound = await Promise.all(['A', 'B', 'C', 'D'].map((device) => bind('channel', device)))
    expect(bound.filter((won) => won)).toHaveLength(1)
    expect((await node.store.read.grant('token channel'))?.boundAt).toBe(2000)
  })

  it('of an account are revoked together, those of a device but for one', async () => {
    for (const id of ['old', 'new']) {
      await add(granted(id, 'cleo'))
      await bind(id, 'of-cleo')
    }
    await add(granted('unbound', 'cleo'))
    const revoke = (whose: { name: string } | { enrollment: string; but?: string }) =>
      node.store.transaction((tx) => tx.revokeGrants(whose, how))
    expect(await revoke({ enrollment: 'of-cleo', but: 'token new' })).toBe(1)
    expect(await node.store.read.grant('token old')).toMatchObject({ revokedAt: 3000, why: 'signed-out' })
    expect(await revoke({ name: 'cleo' })).toBe(2)
    expect(await revoke({ name: 'cleo' })).toBe(0)
    expect(await use('unbound')).toBe(false)
    expect(await bind('unbound', 'late')).toBe(false)
  })

  it('are forgotten when nobody came with them, or when they were revoked', async () => {
    await add(granted('lost', 'dora', { madeAt: 10 }))
    await add(granted('kept', 'dora', { madeAt: 10, enrollment: 'D', boundAt: 20 }))
    await add(granted('ended', 'dora', { madeAt: 10, enrollment: 'E', boundAt: 20, revokedAt: 30, why: 'x' }))
    await node.store.transaction((tx) => tx.forgetGrants(100))
    const left = await Promise.all(['lost', 'kept', 'ended'].map((id) => node.store.read.grant(`token ${id}`)))
    expect(left.map((one) => one !== undefined)).toEqual([false, true, false])
  })
})

describe.each(databases)('what is for an account on $name', (database) => {
  const node = nodeOf(database)

  it('says so in a challenge and in a pin', async () => {
    const { account } = granted('any', 'ada')
    const pin = { fingerprint: 'of-ada', enrollment: 'A', state: 'current', pinnedAt: 1, notAfter: 2 } as const
    await node.store.transaction(async (tx) => {
      await tx.addChallenge({ hash: 'for-ada', madeAt: 1, expiresAt: 2, meant: null, account })
      await tx.addPin({ ...pin, revokedAt: null, why: null, account })
    })
    expect((await node.store.read.challenge('for-ada'))?.account).toEqual(account)
    expect((await node.store.read.pin('of-ada'))?.account).toEqual(account)
  })
})
