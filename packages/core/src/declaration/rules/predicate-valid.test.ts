import { describe, expect, it } from 'vitest'
import type { Target } from '../../eligibility/eligibility.ts'
import { activation, declaredOf, draftOf, properties } from '../../testing/declared-of.ts'
import type { Draft } from '../draft.ts'
import { versionOf } from '../draft.ts'
import { predicateValid } from './predicate-valid.ts'

const check = (draft: Draft) => predicateValid({ draft, version: versionOf(draft, undefined), before: declaredOf({}) })
const problems = (predicate: string) => check(activation('on', ['p'], predicate))

describe('a Predicate', () => {
  it.each([
    '@status(passcode.is-compliant) == TRUE',
    "@property(role) IN {'teacher', 'head'}",
    "SUBQUERY(@status(mdm.app), $app, $app.@key(identifier) == 'com.example.app').@count == 1",
  ])('may be %s', (predicate) => {
    expect(problems(predicate)).toEqual([])
  })

  it('may be absent', () => {
    expect(check(activation('on', ['p']))).toEqual([])
  })

  it('is refused where it does not parse, with the place', () => {
    expect(problems('@status(passcode.is-compliant) ==')).toMatchObject([
      { code: 'syntax', severity: 'error', at: '/Payload/Predicate:1:34' },
    ])
  })

  it('is refused where it names no known status item, and the nearest is offered', () => {
    const [problem] = problems('@status(passcode.is-complaint) == TRUE')
    expect(problem).toMatchObject({ code: 'unknown-status-item', severity: 'error', found: 'passcode.is-complaint' })
    expect(problem?.remedy).toContain('passcode.is-compliant')
  })

  it('is refused where AND stands beside OR without parentheses, and the rewrite is offered', () => {
    const [problem] = problems('@property(a) == 1 AND @property(b) == 2 OR @property(c) == 3')
    expect(problem).toMatchObject({
      code: 'mixed-and-or',
      severity: 'error',
      remedy: 'write (@property(a) == 1 AND @property(b) == 2) OR @property(c) == 3',
    })
  })

  it.each([
    ["SUBQUERY(@status(mdm.app), $app, $app.@key(bundle) == 'x').@count > 0", 'bundle', 'item-key-unknown'],
    ['@status(device.model.family) > 3', 'a string', 'operand-type'],
    ['@status(softwareupdate.failure-reason).counts > 3', 'count', 'key-below-item-unknown'],
  ])('is refused where Apple has no such thing: %s', (predicate, shown, code) => {
    const [problem, ...more] = problems(predicate)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity: 'error' })
    expect(JSON.stringify(problem)).toContain(shown)
  })

  it.each([
    ["@status(device.operating-system.version) >= '16.4'", "'16.10' < '16.4'"],
    ["@status(passcode.is-compliant) == 'true'", 'write TRUE'],
    ["SUBQUERY(@status(mdm.app), $app, $app.@key(state) == 'Managed').@count > 0", 'managed'],
    ['@status(passcode.is-compliant) != TRUE', 'is absent'],
    ['@property(a) == 1 AND @property(a) == 2', 'never both true'],
    ["SUBQUERY(@status(management.declarations.configurations), $d, $d.@key(identifier) == 'p').@count > 0", 'settles'],
    ['@status(passcode.is-compliant) == TRUE AND @status(diskmanagement.filevault.enabled) == TRUE', 'on macOS, tvOS'],
  ])('is accepted with a warning where it may not mean what it says: %s', (predicate, shown) => {
    const found = problems(predicate)
    expect(found.map(({ severity }) => severity)).not.toContain('error')
    expect(JSON.stringify(found)).toContain(JSON.stringify(shown).slice(1, -1))
  })

  it('knows the items that every device has', () => {
    expect(problems("@status(device.model.family) != 'Mac'")).toEqual([])
    expect(problems("@status(device.identifier.serial-number) != 'X'")).toHaveLength(1)
  })

  it('says which target does not have an item, and what becomes of the comparison there', () => {
    const mac: Target = {
      channel: 'device',
      platform: 'macOS',
      osVersion: '15.0',
      enrollment: 'supervised',
      supervised: true,
      sharedIPad: false,
    }
    const draft = activation('on', ['p'], '@status(passcode.is-compliant) == TRUE')
    const proposal = { draft, version: versionOf(draft, undefined), before: declaredOf({}), targets: [mac] }
    expect(predicateValid(proposal)).toMatchObject([
      {
        severity: 'warning',
        message:
          'Cannot read passcode.is-compliant on macOS 15.0, supervised: there @status(passcode.is-compliant) == TRUE is false',
      },
    ])
  })

  it('says where a property is declared with two types', () => {
    const draft = activation('on', ['p'], '@property(age) > 3')
    const before = declaredOf({ drafts: [properties('a', { age: 3 }), properties('b', { age: '3' })] })
    expect(predicateValid({ draft, version: versionOf(draft, undefined), before })).toMatchObject([
      { severity: 'warning', found: 'an integer and a string' },
    ])
  })

  it('is for the checks of the payload where it is no text', () => {
    const draft = draftOf('on', 'com.apple.activation.simple', { StandardConfigurations: ['p'], Predicate: true })
    expect(check(draft)).toEqual([])
  })

  it('means nothing in another kind of declaration', () => {
    expect(check(draftOf('x', 'com.apple.management.properties', { Predicate: '((' }))).toEqual([])
  })
})
