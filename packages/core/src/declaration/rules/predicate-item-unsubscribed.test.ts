import { expect, it } from 'vitest'
import { activation, declaredOf, draftOf } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { SUBSCRIPTION_TYPE } from '../declaration.ts'
import { predicateItemUnsubscribed } from './predicate-item-unsubscribed.ts'

const on = activation('on', ['p'], '@status(passcode.is-compliant) == TRUE')
const subscription = (Name: string) => draftOf('s', SUBSCRIPTION_TYPE, { StatusItems: [{ Name }] })
const generated = { ...declaredOf({}), settings: { subscription: { enabled: true } } }

it('warns of a status item that nothing subscribes to', () => {
  const declared = declaredOf({ drafts: [subscription('passcode.is-present')] })
  expect(problemsOf(predicateItemUnsubscribed, on, declared)).toMatchObject([
    { code: 'predicate-item-unsubscribed', severity: 'warning', found: 'passcode.is-compliant' },
  ])
})

it('warns of what Edict leaves out of its own subscription', () => {
  const magic = activation('on', ['p'], '@status(mdm.push-magic) == "x"')
  expect(problemsOf(predicateItemUnsubscribed, magic, generated)).toMatchObject([{ found: 'mdm.push-magic' }])
})

it('takes items that a declaration or Edict itself subscribes to, also keys inside them', () => {
  const declared = declaredOf({ drafts: [subscription('passcode.is-compliant')] })
  expect(problemsOf(predicateItemUnsubscribed, on, declared)).toEqual([])
  expect(problemsOf(predicateItemUnsubscribed, on, generated)).toEqual([])
  const inside = activation('on', ['p'], '@status(softwareupdate.failure-reason.count) == 1')
  const reasons = declaredOf({ drafts: [subscription('softwareupdate.failure-reason')] })
  expect(problemsOf(predicateItemUnsubscribed, inside, reasons)).toEqual([])
})
