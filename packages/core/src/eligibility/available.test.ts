import { describe, expect, it } from 'vitest'
import { capabilitiesOf, IPAD } from '../testing/channel-of.ts'
import { MAIL_TYPE, PASSCODE_TYPE } from '../testing/declared-of.ts'
import { ineligible } from './available.ts'
import type { Eligibility } from './eligibility.ts'

const INTELLIGENCE = 'com.apple.configuration.intelligence.settings'
const FILES = 'com.apple.configuration.services.configuration-files'
const UPDATES = 'com.apple.configuration.softwareupdate.settings'
const MAC: Eligibility = { ...IPAD, platform: 'macOS', osVersion: '26.4' }
const BYOD: Eligibility = { ...IPAD, enrollment: 'user', supervised: false }
const SHARED: Eligibility = { ...IPAD, sharedIPad: true }
const user = (who: Eligibility): Eligibility => ({ ...who, channel: 'user' })

describe('before a report, a channel can have', () => {
  it.each<[string, string, Eligibility]>([
    ['what its platform, version and supervision allow', INTELLIGENCE, IPAD],
    ['what came with exactly its version', INTELLIGENCE, { ...IPAD, osVersion: '26.4' }],
    ['what a later version of it has', UPDATES, { ...IPAD, osVersion: '18.0.1' }],
    [
      'what needs supervision, while that is not known',
      INTELLIGENCE,
      { ...IPAD, supervised: null, enrollment: 'device' },
    ],
    ['anything that the catalogue knows, while its platform is not known', FILES, { ...IPAD, platform: null }],
    ['any version, while its own is not known', INTELLIGENCE, { ...IPAD, osVersion: null }],
    ['what no list restricts, on any channel', 'com.apple.management.properties', user(BYOD)],
    ['what user enrollments may have', PASSCODE_TYPE, BYOD],
    ['what a Mac has on its user channel', MAIL_TYPE, user(MAC)],
    ['what a Shared iPad has on its user channels', MAIL_TYPE, user(SHARED)],
    ['what a Shared iPad has on its device channel', UPDATES, SHARED],
  ])('%s', (_what, type, who) => {
    expect(ineligible(type, who, null)).toBeUndefined()
  })
})

describe('before a report, a channel cannot have', () => {
  it.each<[string, string, Eligibility, string]>([
    ['what its platform has not', FILES, IPAD, 'does not exist on iOS'],
    ['what came later', INTELLIGENCE, { ...IPAD, osVersion: '26.3.9' }, 'needs iOS 26.4, this is 26.3.9'],
    ['what needs supervision', INTELLIGENCE, { ...IPAD, supervised: false, enrollment: 'device' }, 'needs supervision'],
    ['what user enrollments may not have', UPDATES, BYOD, 'not available to this enrollment type (user)'],
    ['what belongs to the user channel', MAIL_TYPE, MAC, 'not available on the device channel on macOS'],
    ['what belongs to the device channel', UPDATES, user(MAC), 'not available on the user channel on macOS'],
    ['what an empty list forbids', PASSCODE_TYPE, SHARED, 'not allowed on Shared iPad'],
    [
      'what belongs to the users of a Shared iPad',
      MAIL_TYPE,
      SHARED,
      'not available on the device channel of a Shared iPad',
    ],
    ['what the catalogue does not know', 'com.apple.configuration.of.tomorrow', IPAD, 'is not in the catalogue'],
  ])('%s', (_what, type, who, reason) => {
    expect(ineligible(type, who, null)).toContain(reason)
  })
})

describe('after a report, a channel', () => {
  const lists = (...configuration: string[]) => capabilitiesOf({ configuration })

  it('can have nothing that it does not list', () => {
    expect(ineligible(PASSCODE_TYPE, IPAD, lists(UPDATES))).toBe(
      `the device does not list ${PASSCODE_TYPE} in its client-capabilities`,
    )
  })

  it('knows better than the catalogue what its OS has', () => {
    expect(
      ineligible('com.apple.configuration.of.tomorrow', IPAD, lists('com.apple.configuration.of.tomorrow')),
    ).toBeUndefined()
    expect(ineligible(INTELLIGENCE, { ...IPAD, osVersion: '26.0' }, lists(INTELLIGENCE))).toBeUndefined()
    expect(ineligible(FILES, IPAD, lists(FILES))).toBeUndefined()
  })

  it('still cannot have what its enrollment or its channel forbids', () => {
    expect(ineligible(UPDATES, BYOD, lists(UPDATES))).toContain('not available to this enrollment type')
    expect(ineligible(PASSCODE_TYPE, SHARED, lists(PASSCODE_TYPE))).toContain('not allowed on Shared iPad')
    expect(ineligible(MAIL_TYPE, MAC, lists(MAIL_TYPE))).toContain('not available on the device channel')
  })
})
