import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../compile/evaluate.ts'
import { statusContext } from '../../context/status-context.ts'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { compareParts, versionParts } from '../versions/version.ts'
import { versionAsText } from './version-as-text.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => versionAsText(parse(source), items)

describe('the order of versions', () => {
  it.each([
    "@status(device.operating-system.version) == '16.4'",
    "@status(device.operating-system.version) BEGINSWITH '16.'",
    '@property(version) > 3',
  ])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ["@status(device.operating-system.version) >= '16.4'", 'version-as-text', 'warning', "'16.10' < '16.4'", 42],
    ["'26.0' < @status(device.operating-system.version)", 'version-as-text', 'warning', '<', 8],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })

  it.each([
    ["@status(device.operating-system.version) < '18.3'", "'18.10' < '18.3', so 18.10 is let in"],
    ["@status(device.operating-system.version) >= '26.0'", "'9.3.6' > '26.0', so 9.3.6 is let in"],
    ["@status(device.operating-system.version) >= '18.2'", "'18.10' < '18.2', so 18.10 is left out"],
    ["SUBQUERY(@status(mdm.app), $a, $a.@key(short-version) >= '2.4').@count > 0", "'2.10' < '2.4'"],
  ])('shows of %s a version that goes wrong: %s', (source, shown) => {
    expect(found(source)[0]?.message).toContain(shown)
  })

  it.each(['<', '<=', '>', '>='] as const)(
    'offers for %s what is true for the right versions, and false of none',
    (operator) => {
      const number = fc.oneof(fc.nat({ max: 30 }), fc.constantFrom(0, 9, 10, 99, 100))
      const version = fc.array(number, { minLength: 2, maxLength: 3 }).map((parts) => parts.join('.'))
      const item = 'device.operating-system.version'
      fc.assert(
        fc.property(version, version, (bound, has) => {
          const rewrite = found(`@status(${item}) ${operator} '${bound}'`)[0]?.rewrite ?? ''
          const order = compareParts(versionParts(has) ?? [], versionParts(bound) ?? [])
          const right = { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator]
          expect(evaluate(rewrite, statusContext({ [item]: has }, {})).kind).toBe(String(right))
          expect(evaluate(rewrite, statusContext({}, {})).kind).toBe('false')
          expect(found(rewrite)).toEqual([])
        }),
      )
    },
  )

  it('offers two patterns for BETWEEN', () => {
    const rewrite = found("@status(device.operating-system.version) BETWEEN {'17.9', '18.2'}")[0]?.rewrite ?? ''
    const at = (version: string) =>
      evaluate(rewrite, statusContext({ 'device.operating-system.version': version }, {})).kind
    expect(['17.8', '17.9', '17.10', '18.0', '18.2', '18.2.1', '18.10'].map(at)).toEqual([
      'false',
      'true',
      'true',
      'true',
      'true',
      'false',
      'false',
    ])
  })

  it('offers for bounds in either order what lies between them', () => {
    const rewrite = found("@status(device.operating-system.version) BETWEEN {'18.2', '17.9'}")[0]?.rewrite
    expect(rewrite).toBe(found("@status(device.operating-system.version) BETWEEN {'17.9', '18.2'}")[0]?.rewrite)
  })

  it.each([
    [
      'ANY',
      "> '16.4'",
      [
        [['16.10', '2'], true],
        [['16.4', '9'], false],
        [[], false],
      ],
    ],
    [
      'ALL',
      "<= '16.4'",
      [
        [['16.4', '9.3'], true],
        [['16.4.1', '1'], false],
        [[], true],
      ],
    ],
    [
      'NONE',
      "< '16.4'",
      [
        [['16.4', '16.10'], true],
        [['16.10', '9.3'], false],
        [[], true],
      ],
    ],
    [
      'ANY',
      "BETWEEN {'9.2', '16.4'}",
      [
        [['16.10', '10'], true],
        [['9.1', '16.10', '17'], false],
      ],
    ],
  ] as const)('keeps %s of the elements in what it offers for %s', (qualifier, compared, cases) => {
    const rewrite = found(`${qualifier} @status(mdm.app).@key(version) ${compared}`)[0]?.rewrite ?? ''
    expect(rewrite).toMatch(new RegExp(`^${qualifier} `))
    for (const [versions, holds] of cases) {
      const app = versions.map((version) => ({ version }))
      expect(evaluate(rewrite, statusContext({ 'mdm.app': app }, {})).kind).toBe(String(holds))
    }
    expect(found(rewrite)).toEqual([])
  })
})
