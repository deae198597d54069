import { describe, expect, it } from 'vitest'
import { cohortId, cohortKey } from '../assignment/cohort-key.ts'
import { NO_MEMBERSHIP } from '../assignment/membership.ts'
import { cohortManifest } from '../manifest/cohort-manifest.ts'
import { blocks } from '../problem.ts'
import { IPAD, NOW } from '../testing/channel-of.ts'
import { activation, declaredOf, draftOf, given } from '../testing/declared-of.ts'
import type { Edit } from './edit.ts'
import { plan } from './plan.ts'

const SHARING = 'com.apple.configuration.screensharing.host.settings'
const MAC = { ...IPAD, platform: 'macOS' as const, osVersion: '26.4' }

const declared = declaredOf({
  drafts: [
    draftOf('a', SHARING),
    draftOf('b', SHARING),
    activation('a.on', ['a']),
    activation('b.on', ['b']),
    activation('spare', ['a'], 'FALSEPREDICATE'),
  ],
  sets: { a: ['a.on'], b: ['b.on'], both: ['a.on', 'b.on'], apart: ['spare', 'b.on'] },
  groups: { macs: [given('a')], others: [given('apart')] },
})

function planned(edit: Edit, group = 'macs') {
  const key = cohortKey(MAC, { ...NO_MEMBERSHIP, groups: [group] })
  const { half, leftOut } = cohortManifest(key, declared, null)
  const cohort = { id: cohortId(key), key, common: half.token, since: NOW, revision: 1, leftOut }
  return plan({ declared, cohorts: [cohort], capabilities: new Map() }, edit, NOW).problems
}

const assign = (set: string): Edit => ({ kind: 'assign-group', group: 'macs', assignment: given(set) })

describe('settings of which a device takes one', () => {
  it('are refused when a set brings a second one to a device', () => {
    expect(planned(assign('b'))).toMatchObject([{ code: 'settings-conflict', severity: 'error', by: ['a', 'b'] }])
  })

  it('are left to whoever wrote a set that has both', () => {
    expect(planned(assign('both'))).toEqual([])
  })

  it('are refused when a declaration makes them meet, unless it is overridden', () => {
    const put: Edit = { kind: 'put-declaration', draft: activation('spare', ['a']) }
    expect(planned(put, 'others')).toMatchObject([{ code: 'settings-conflict', severity: 'error' }])
    expect(blocks(planned({ ...put, override: true }, 'others'))).toBe(false)
  })
})
