import type { Json } from '@edict/protocol'
import { expect, it } from 'vitest'
import { declaredOf, draftOf } from '../../testing/declared-of.ts'
import { versionOf } from '../draft.ts'
import { activationListsConfigurations } from './activation-lists-configurations.ts'

const problems = (type: string, StandardConfigurations?: Json) => {
  const draft = draftOf('on', type, StandardConfigurations === undefined ? {} : { StandardConfigurations })
  return activationListsConfigurations({ draft, version: versionOf(draft, undefined), before: declaredOf({}) })
}

it.each([undefined, [], 'p', [1], ['p', null], {}, null])('refuses an activation that lists %j', (listed) => {
  expect(problems('com.apple.activation.simple', listed)).toMatchObject([
    { code: 'payload-malformed', severity: 'error', at: '/Payload/StandardConfigurations' },
  ])
})

it('takes one that lists Identifiers, and asks no other type for them', () => {
  expect(problems('com.apple.activation.simple', ['p', 'q'])).toEqual([])
  expect(problems('com.apple.configuration.passcode.settings')).toEqual([])
})
