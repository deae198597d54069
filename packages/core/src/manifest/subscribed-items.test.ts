import { describe, expect, it } from 'vitest'
import { SUBSCRIPTION_TYPE } from '../declaration/declaration.ts'
import type { Draft } from '../declaration/draft.ts'
import { activation, declaredOf, draftOf, passcode } from '../testing/declared-of.ts'
import { subscribedItems } from './subscribed-items.ts'

const subscribe = (identifier: string, ...names: string[]) =>
  draftOf(identifier, SUBSCRIPTION_TYPE, { StatusItems: names.map((Name) => ({ Name })) })
const subscribed = (...drafts: readonly Draft[]) => subscribedItems([...declaredOf({ drafts }).declarations.values()])

describe('subscribedItems', () => {
  it('adds up several subscriptions, sorted', () => {
    const one = subscribe('one', 'passcode.is-present', 'mdm.app')
    const two = subscribe('two', 'device.model.family', 'mdm.app')
    expect(subscribed(one, two, activation('on', ['one', 'two']))).toEqual([
      'device.model.family',
      'mdm.app',
      'passcode.is-present',
    ])
  })

  it('counts a subscription only when an activation lists it', () => {
    expect(subscribed(subscribe('one', 'mdm.app'), passcode('p'), activation('on', ['p']))).toEqual([])
  })

  it('passes over what is no name', () => {
    const odd = draftOf('odd', SUBSCRIPTION_TYPE, { StatusItems: [{ Name: 1 }, 'mdm.app', null, { Name: 'a.b' }] })
    expect(subscribed(odd, activation('on', ['odd']))).toEqual(['a.b'])
    expect(subscribed(draftOf('no', SUBSCRIPTION_TYPE, { StatusItems: 'x' }), activation('on', ['no']))).toEqual([])
  })
})
