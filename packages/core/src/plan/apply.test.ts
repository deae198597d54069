import { describe, expect, it } from 'vitest'
import { activation, declaredOf, given, mail, passcode, person } from '../testing/declared-of.ts'
import { applyEdit, withAssignment, withoutAssignment } from './apply.ts'
import type { Edit } from './edit.ts'

const before = declaredOf({
  drafts: [passcode('p'), person('ada'), mail('mail', 'ada'), activation('on', ['p', 'mail'])],
  sets: { base: ['mail', 'on'], spare: [] },
  groups: { lower: [given('base')], empty: [] },
})
const codes = (edit: Edit) => applyEdit(before, edit).problems.map(({ code }) => code)

describe('an edit that changes nothing gives back what was there', () => {
  it.each<[string, Edit]>([
    ['the same declaration', { kind: 'put-declaration', draft: passcode('p') }],
    [
      'the same members in another order, one twice',
      { kind: 'put-set', name: 'base', declarations: ['on', 'mail', 'on'] },
    ],
    ['a group that is there', { kind: 'put-group', name: 'lower' }],
    ['the same assignment', { kind: 'assign-group', group: 'lower', assignment: given('base') }],
    ['the same settings', { kind: 'put-settings', settings: { subscription: { enabled: false } } }],
  ])('%s', (_what, edit) => {
    expect(applyEdit(before, edit)).toEqual({ after: before, problems: [] })
    expect(applyEdit(before, edit).after).toBe(before)
  })
})

describe('an edit that is refused gives back what was there', () => {
  it.each<[string, Edit]>([
    ['declaration-missing', { kind: 'delete-declaration', identifier: 'gone' }],
    ['declaration-missing', { kind: 'reapply-declaration', identifier: 'gone' }],
    ['reference-missing', { kind: 'put-declaration', draft: activation('on', ['gone']) }],
    ['reference-missing', { kind: 'put-set', name: 'base', declarations: ['gone'] }],
    ['name-malformed', { kind: 'put-set', name: 'a b', declarations: [] }],
    ['name-malformed', { kind: 'put-group', name: '-x' }],
    ['set-missing', { kind: 'delete-set', name: 'gone', usedBy: [] }],
    ['set-missing', { kind: 'assign-group', group: 'lower', assignment: given('gone') }],
    ['group-missing', { kind: 'delete-group', name: 'gone' }],
    ['group-missing', { kind: 'assign-group', group: 'gone', assignment: given('base') }],
    ['group-missing', { kind: 'unassign-group', group: 'gone', set: 'base', channel: 'own' }],
    ['assignment-missing', { kind: 'unassign-group', group: 'lower', set: 'base', channel: 'user' }],
    [
      'payload-malformed',
      { kind: 'put-settings', settings: { subscription: { enabled: true }, organization: { Name: '\ud800' } } },
    ],
  ])('%s', (code, edit) => {
    expect(codes(edit)).toEqual([code])
    expect(applyEdit(before, edit).after).toBe(before)
  })
})

describe('what is in use is not deleted, and who uses it is named', () => {
  it.each<[Edit, string[]]>([
    [{ kind: 'delete-declaration', identifier: 'p' }, ['activation on']],
    [{ kind: 'delete-declaration', identifier: 'ada' }, ['configuration mail']],
    [{ kind: 'delete-declaration', identifier: 'mail' }, ['set base', 'activation on']],
    [{ kind: 'delete-set', name: 'base', usedBy: ['ipad-7'] }, ['group lower', 'enrollment ipad-7']],
    [{ kind: 'delete-set', name: 'spare', usedBy: ['ipad-7'] }, ['enrollment ipad-7']],
    [{ kind: 'delete-group', name: 'lower' }, ['set base']],
  ])('%j', (edit, by) => {
    const [problem] = applyEdit(before, edit).problems
    expect(problem?.by).toEqual(by)
    expect(problem?.severity).toBe('error')
    expect(problem?.code).toMatch(/-in-use$/)
    expect(applyEdit(before, edit).after).toBe(before)
  })

  it('is deleted when nobody does', () => {
    expect(applyEdit(before, { kind: 'delete-declaration', identifier: 'on' }).problems).toHaveLength(1)
    const without = applyEdit(before, { kind: 'put-set', name: 'base', declarations: ['mail'] }).after
    expect(applyEdit(without, { kind: 'delete-declaration', identifier: 'on' }).after.declarations.has('on')).toBe(
      false,
    )
    expect(applyEdit(before, { kind: 'delete-set', name: 'spare', usedBy: [] }).after.sets.has('spare')).toBe(false)
    expect(applyEdit(before, { kind: 'delete-group', name: 'empty' }).after.groups.has('empty')).toBe(false)
  })
})

describe('an edit', () => {
  it('leaves what it does not name as it was', () => {
    const { after } = applyEdit(before, { kind: 'put-declaration', draft: passcode('p', 9) })
    expect(after.declarations.get('p')?.version).toBe(2)
    expect(after.declarations.get('mail')).toBe(before.declarations.get('mail'))
    expect([after.sets, after.groups]).toEqual([before.sets, before.groups])
    expect(before.declarations.get('p')?.version).toBe(1)
  })

  it('keeps members sorted and each once', () => {
    const { after } = applyEdit(before, { kind: 'put-set', name: 'new', declarations: ['p', 'ada', 'p'] })
    expect(after.sets.get('new')).toEqual(['ada', 'p'])
  })

  it('tells of a member that Edict adds by itself', () => {
    const [problem] = applyEdit(before, { kind: 'put-set', name: 'x', declarations: ['edict.properties'] }).problems
    expect(problem?.remedy).toBe('Edict adds its own declarations by itself')
  })
})

describe('withAssignment', () => {
  it('replaces what stood for that set and channel, and nothing else', () => {
    const all = [given('a'), given('a', { channel: 'user' })]
    expect(withAssignment(all, given('a', { exclude: true }))).toEqual([
      given('a', { exclude: true }),
      given('a', { channel: 'user' }),
    ])
    expect(withoutAssignment(all, 'a', 'own')).toEqual([given('a', { channel: 'user' })])
  })
})
