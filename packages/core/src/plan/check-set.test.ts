import { expect, it } from 'vitest'
import { activation, declaredOf, draftOf, mail, passcode, person } from '../testing/declared-of.ts'
import { applyEdit } from './apply.ts'
import { checkSet } from './check-set.ts'

const SHARING = 'com.apple.configuration.screensharing.host.settings'
const declared = declaredOf({
  drafts: [
    passcode('p'),
    passcode('q'),
    activation('on', ['p']),
    person('ada'),
    person('bob'),
    mail('m', 'ada'),
    draftOf('a', SHARING),
    draftOf('b', SHARING),
    activation('both', ['a', 'b']),
  ],
})

it('warns of members that nothing uses, at the place in the list', () => {
  expect(checkSet(['on', 'q', 'bob'], declared)).toMatchObject([
    { code: 'configuration-without-activation', severity: 'warning', at: '/declarations/1' },
    { code: 'asset-without-user', severity: 'warning', at: '/declarations/2' },
  ])
  expect(checkSet(['on', 'p', 'ada'], declared)).toEqual([])
})

it('refuses what cannot be on one device, unless it is overridden', () => {
  const put = { kind: 'put-set', name: 's', declarations: ['both'] } as const
  expect(applyEdit(declared, put)).toMatchObject({ problems: [{ code: 'settings-conflict', severity: 'error' }] })
  const { after, problems } = applyEdit(declared, { ...put, override: true })
  expect(after.sets.get('s')).toEqual(['both'])
  expect(problems).toMatchObject([{ code: 'settings-conflict', severity: 'warning' }])
})
