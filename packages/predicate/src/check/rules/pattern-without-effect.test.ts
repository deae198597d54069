import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { patternWithoutEffect } from './pattern-without-effect.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => patternWithoutEffect(parse(source), items)

describe('a pattern or option without effect', () => {
  it.each(["a LIKE 'x*'", "a CONTAINS[c] 'x'", "a IN {'x'}", "'' == a"])('accepts %s', (source) =>
    expect(found(source)).toEqual([]),
  )

  it.each([
    ["a LIKE 'x'", 'like-without-wildcard', 'warning', 'LIKE without', 3],
    ["a CONTAINS ''", 'empty-needle', 'warning', 'never found', 3],
    ["'' IN a", 'empty-needle', 'warning', 'never found', 4],
    ["a IN[c] {'X'}", 'options-on-elements', 'warning', '[c]', 3],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
