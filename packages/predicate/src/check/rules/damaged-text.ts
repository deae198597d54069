import { nodesOf } from '../../ast/nodes-of.ts'
import { printString } from '../../printer/literal.ts'
import type { Rule } from '../rule.ts'
import { withoutEntities } from '../undamaged.ts'

/** A string holds no second pair of quotes around its text and no HTML entities: traces of copying. */
export const damagedText: Rule = (predicate) =>
  nodesOf(predicate, 'string').flatMap(({ value, at }) => {
    const clean = unwrapped(withoutEntities(value))
    if (clean === value) return []
    return [
      {
        code: 'damaged-text',
        severity: 'warning',
        message: 'Cannot be meant literally: the string holds quotes or entities from where it was copied',
        at,
        found: value.slice(0, 100),
        rewrite: printString(clean),
      },
    ]
  })

const wraps =
  /^(?:"(.+)"|'(.+)'|\\"(.+)\\"|[\u201c\u201d\u201e](.+)[\u201c\u201d]|[\u2018\u201a](.+)[\u2018\u2019]|\u00ab(.+)\u00bb)$/s

/** An apostrophe inside a name is left alone. */
function unwrapped(text: string): string {
  return (
    wraps
      .exec(text)
      ?.slice(1)
      .find((inner) => inner !== undefined) ?? text
  )
}
