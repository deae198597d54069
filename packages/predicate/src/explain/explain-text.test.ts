import { expect, it } from 'vitest'
import { statusContext } from '../context/status-context.ts'
import { parse } from '../parser/parse.ts'
import { explain } from './explain.ts'
import { explainText } from './explain-text.ts'

const facts = {
  ...statusContext(
    { 'device.model.family': 'iPad', 'mdm.app': [{ identifier: 'a', state: 'queued' }] },
    { roles: ['Lower', 'IT'] },
  ),
  origin: (name: string) =>
    name.startsWith('passcode.')
      ? ({ state: 'absent' } as const)
      : ({ state: 'present', reportedAt: '2026-11-25 09:10' } as const),
}
const text = (source: string) => explainText(source, explain(parse(source), facts))

it('is a tree in columns, the part that decides marked', () => {
  expect(
    text(
      '@status(device.model.family) == "iPad" AND NOT @status(passcode.is-present) == TRUE AND "Up" IN @property(roles)',
    ),
  ).toBe(
    `false, because "Up" IN @property(roles) is false

  false            all of
  true               @status(device.model.family) == "iPad"
  "iPad"               @status(device.model.family)          reported (2026-11-25 09:10)
  true               not
  false                @status(passcode.is-present) == TRUE  one side is missing, and so == is false
  nothing                @status(passcode.is-present)        absent: the device reports no value
→ false              "Up" IN @property(roles)
  {"Lower", "IT"}      @property(roles)                      property

Were it absent:
  @status(device.model.family)  still false
  @property(roles)              still false`,
  )
})

it('shows what stands in a SUBQUERY for each element', () => {
  expect(text('SUBQUERY(@status(mdm.app), $app, $app.@key(state) == "managed").@count != 0')).toBe(
    `false

→ false                         SUBQUERY(@status(mdm.app), $app, …).@count != 0
  0                               SUBQUERY(@status(mdm.app), $app, …).@count
  {}                                SUBQUERY(@status(mdm.app), $app, …)
  {[identifier: "a", state: "…        @status(mdm.app)                                                           reported (2026-11-25 09:10)
  false                               $app is [identifier: "a", state: "queued"]: $app.@key(state) == "managed"
  "queued"                              $app.@key(state)

Were it absent:
  @status(mdm.app)  true instead of false`,
  )
})

it('shows the place of an error', () => {
  expect(text('@status(device.model.family) > 3')).toContain(`error: Cannot evaluate predicate: > needs`)
  expect(text('@status(device.model.family) > 3')).toContain('\n                                    ^\n')
})

it('keeps its columns where characters are wide, and shows nothing that a terminal obeys', () => {
  const source = '@property(a) == "\u202e\u001b[1m"'
  const [, , first, second] = explainText(source, explain(parse(source), statusContext({}, { a: '日本' }))).split('\n')
  expect(first).toBe(String.raw`→ false   @property(a) == "\u202e\u001b[1m"`)
  expect(second).toBe('  "日本"    @property(a)                     property')
})
