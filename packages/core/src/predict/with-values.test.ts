import { expect, it } from 'vitest'
import type { Draft } from '../declaration/draft.ts'
import { versionOf } from '../declaration/draft.ts'
import { activation, draftOf, MAIL_TYPE, passcode, person, properties } from '../testing/declared-of.ts'
import { type DeviceFacts, givenItem } from './device-facts.ts'
import { withValues } from './with-values.ts'

const held = (drafts: readonly Draft[]) =>
  drafts.map((draft) => {
    const { kind, identifier, type, contentHash } = versionOf(draft, undefined)
    return { kind, identifier, type, serverToken: contentHash, payload: draft.payload }
  })
const facts = (said: Readonly<Record<string, string>> = {}): DeviceFacts => {
  const items = new Map(Object.entries(said).map(([name, value]) => [name, givenItem(value)]))
  return { platform: 'iOS', osVersion: '26.4', capabilities: null, items }
}
const named = (VisibleName: string) => draftOf('mail', MAIL_TYPE, { UserIdentityAssetReference: 'ada', VisibleName })
const all = [person('ada', '${property.name}'), named('Mail'), passcode('p'), activation('on', ['mail', 'p'])]

it('gives what the properties and the status of the device say', () => {
  const of = withValues(
    held([named('${device.serial-number} ${property.room}'), properties('a', { room: 12 })]),
    facts(),
  )
  expect(of[0]?.payload.VisibleName).toBe('device.serial-number 12')
  const known = withValues(
    held([named('${device.serial-number}')]),
    facts({ 'device.identifier.serial-number': 'C02X' }),
  )
  expect(known[0]?.payload.VisibleName).toBe('C02X')
})

it('leaves out what stands for nothing, with what needs it, and nothing else', () => {
  const left = withValues(held(all), facts())
  expect(left.map(({ identifier, payload }) => [identifier, payload.StandardConfigurations])).toEqual([
    ['p', undefined],
    ['on', ['p']],
  ])
  expect(withValues(held([...all, properties('a', { name: 'Ada' })]), facts())).toHaveLength(5)
})

it('leaves declarations without variables as they are', () => {
  const declarations = held([passcode('p'), activation('on', ['p', 'missing'])])
  expect(withValues(declarations, facts())).toBe(declarations)
})
