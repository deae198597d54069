import { describe, expect, it } from 'vitest'
import { cohortId, cohortKey } from '../assignment/cohort-key.ts'
import { type Membership, NO_MEMBERSHIP } from '../assignment/membership.ts'
import { IPAD, NOW } from '../testing/channel-of.ts'
import { activation, declaredOf, given, mail, passcode, person } from '../testing/declared-of.ts'
import { affectedCohorts } from './affected.ts'
import { applyEdit } from './apply.ts'
import type { Cohort } from './cohort.ts'
import type { Edit } from './edit.ts'

const before = declaredOf({
  drafts: [passcode('p'), person('ada'), mail('mail', 'ada'), activation('on', ['mail']), passcode('q')],
  sets: { work: ['on'], play: ['q'] },
  groups: { lower: [given('work')], upper: [] },
})

function cohort(membership: Partial<Membership>): Cohort {
  const key = cohortKey(IPAD, { ...NO_MEMBERSHIP, ...membership })
  return { id: cohortId(key), key, common: '', since: NOW, revision: 1, leftOut: [] }
}

const cohorts = {
  lower: cohort({ groups: ['lower'] }),
  player: cohort({ assignments: [given('play')] }),
  none: cohort({}),
}

function affected(edit: Edit): string[] {
  const ids = new Set(
    affectedCohorts(Object.values(cohorts), before, applyEdit(before, edit).after).map(({ id }) => id),
  )
  return Object.entries(cohorts).flatMap(([name, { id }]) => (ids.has(id) ? [name] : []))
}

describe('the cohorts that an edit may change', () => {
  it.each<[string, Edit, string[]]>([
    ['hold the declaration', { kind: 'put-declaration', draft: passcode('q', 9) }, ['player']],
    ['hold what refers to it, at any depth', { kind: 'put-declaration', draft: person('ada', 'Grace') }, ['lower']],
    ['hold the re-applied one', { kind: 'reapply-declaration', identifier: 'mail' }, ['lower']],
    ['hold the set', { kind: 'put-set', name: 'play', declarations: ['p'] }, ['player']],
    ['are in the group', { kind: 'assign-group', group: 'lower', assignment: given('play') }, ['lower']],
    ['were in the group', { kind: 'unassign-group', group: 'lower', set: 'work', channel: 'own' }, ['lower']],
    ['are none when nobody holds it', { kind: 'put-declaration', draft: passcode('p', 9) }, []],
    ['are none when nobody is in the group', { kind: 'assign-group', group: 'upper', assignment: given('play') }, []],
    [
      'are all when the settings change',
      { kind: 'put-settings', settings: { subscription: { enabled: true } } },
      ['lower', 'player', 'none'],
    ],
  ])('%s', (_what, edit, expected) => {
    expect(affected(edit)).toEqual(expected)
  })
})
