import { expect, it } from 'vitest'
import { activation, declaredOf, draftOf, passcode } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { target } from '../../testing/targets.ts'
import { activationAllOrNothing } from './activation-all-or-nothing.ts'

const declared = declaredOf({
  drafts: [
    passcode('p'),
    draftOf('files', 'com.apple.configuration.services.configuration-files'),
    draftOf('watch', 'com.apple.configuration.watch.enrollment'),
  ],
})

it('warns where one configuration would keep the others from a target', () => {
  const targets = [target('iOS', '26.0'), target('macOS', '26.0')]
  expect(problemsOf(activationAllOrNothing, activation('on', ['p', 'files']), declared, { targets })).toMatchObject([
    {
      code: 'activation-all-or-nothing',
      severity: 'warning',
      at: '/Payload/StandardConfigurations/1',
      message: 'Cannot activate anything of on on iOS 26.0, supervised: it lists files',
      remedy: 'write one activation per configuration: p, files',
    },
  ])
})

it('warns without targets where no platform has them all', () => {
  expect(problemsOf(activationAllOrNothing, activation('on', ['p', 'files', 'watch']), declared)).toMatchObject([
    { code: 'activation-all-or-nothing', found: 'watch' },
  ])
  expect(problemsOf(activationAllOrNothing, activation('on', ['p', 'files']), declared)).toEqual([])
})

it('takes activations of one configuration, and those that every target has', () => {
  const targets = [target('macOS', '26.0')]
  expect(problemsOf(activationAllOrNothing, activation('on', ['p', 'files']), declared, { targets })).toEqual([])
  expect(
    problemsOf(activationAllOrNothing, activation('on', ['files']), declared, { targets: [target('iOS')] }),
  ).toEqual([])
})
