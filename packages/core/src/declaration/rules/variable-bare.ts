import { type Problem, warning } from '../../problem.ts'
import { isKnownVariable } from '../../variable/known-variables.ts'
import { mayHaveVariables, textsIn } from '../../variable/template.ts'
import type { Rule } from '../rule.ts'

/** `$device.serial-number` without its braces, and nothing beside it: text as any, though hardly meant as such. */
export const variableBare: Rule = ({ draft, version }) => {
  if (!mayHaveVariables(draft.type) || !version.payload.includes('"$')) return []
  return textsIn(draft.payload).flatMap(({ text, at, isKey }): readonly Problem[] => {
    const name = isKey ? undefined : /^\$([a-z]+\.\S+)$/.exec(text)?.[1]
    if (name === undefined || !isKnownVariable(name)) return []
    return [
      warning('variable-bare', `Cannot see a variable in ${text}: it has no braces, and is sent as it stands`, {
        at,
        found: text,
        expected: `\${${name}}`,
        remedy: `write \${${name}}, or leave it if this very text is meant`,
      }),
    ]
  })
}
