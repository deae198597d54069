import { commandPayload, commands, type ValueFacts } from '@edict/catalogue'
import { expect, it } from 'vitest'
import { CONCEALED, concealed, secretKeys } from './conceal.ts'

/** Every key of a command, written as in the table. */
function keysOf(facts: ValueFacts | undefined, path: readonly string[] = []): readonly string[] {
  if (facts === undefined || path.length > 8) return []
  const inner = Object.entries(facts.keys ?? {}).flatMap(([key, value]) => keysOf(value, [...path, key]))
  const items = [facts.item, ...Object.values(facts.alternatives ?? {})].flatMap((item) => keysOf(item, [...path, '*']))
  return [path.join('.'), ...inner, ...items]
}

it('is known of commands and keys that Apple has', () => {
  for (const [name, paths] of secretKeys)
    expect(keysOf(commandPayload(name)), name).toEqual(expect.arrayContaining([...paths]))
})

it('is every key that is called a password, a PIN, a hash or a token', () => {
  const named = /pass(word|code)(hash)?$|(^|\.)PIN$|UnlockToken$|BootstrapToken$|RedemptionCode$|PrivateKey/i
  const missing = [...commands.keys()].flatMap((name) =>
    keysOf(commandPayload(name))
      .filter((key) => named.test(key) && !(secretKeys.get(name) ?? []).includes(key))
      .map((key) => `${name} ${key}`),
  )
  expect(missing).toEqual([])
})

it('stands for values of any type, at any depth, and for nothing else', () => {
  const lock = { RequestType: 'DeviceLock', PIN: '123456', Message: 'found' }
  expect(concealed(lock)).toEqual({ ...lock, PIN: CONCEALED })
  expect(concealed({ RequestType: 'ClearPasscode', UnlockToken: { $data: 'AAH/' } })).toEqual({
    RequestType: 'ClearPasscode',
    UnlockToken: CONCEALED,
  })
  const accounts = {
    RequestType: 'AccountConfiguration',
    AutoSetupAdminAccounts: [{ a: 1, passwordHash: Uint8Array.of(1) }, {}],
  }
  expect(concealed(accounts).AutoSetupAdminAccounts).toEqual([{ a: 1, passwordHash: CONCEALED }, {}])
})

it('leaves a command that has no secret as it is, the very same', () => {
  for (const command of [
    { RequestType: 'DeviceLock', Message: 'found' },
    { RequestType: 'DeviceInformation', Queries: ['OSVersion'], PIN: '1' },
    { RequestType: 'EraseDevice', ReturnToService: { Enabled: true } },
    { RequestType: 'AccountConfiguration', AutoSetupAdminAccounts: 'none' },
    { RequestType: '__proto__', PIN: '1' },
  ])
    expect(concealed(command)).toBe(command)
})
