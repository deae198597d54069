import { byCodeUnit } from '../canonical.ts'
import type { Declared } from '../declared.ts'
import { closure } from './closure.ts'

/** What comes along with a list of declarations because they refer to it, sorted. */
export function impliedBy(
  declarations: readonly string[],
  declared: Pick<Declared, 'declarations'>,
): readonly string[] {
  const given = new Set(declarations)
  return [...closure(declarations, declared.declarations).keys()]
    .filter((identifier) => !given.has(identifier))
    .sort(byCodeUnit)
}
