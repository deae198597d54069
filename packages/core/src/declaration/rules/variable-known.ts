import { nearest } from '@edict/catalogue'
import { type Problem, refusal, warning } from '../../problem.ts'
import { isKnownVariable, particularNames } from '../../variable/known-variables.ts'
import { mayHaveVariables, textsIn, variablesIn } from '../../variable/template.ts'
import { almostVariables, unfinished, type Variable, variableBeginnings } from '../../variable/variable.ts'
import type { Rule } from '../rule.ts'

const KNOWN = [...Object.keys(particularNames), 'property.<key>']
const REMEDY = `write one of \${${KNOWN.join('}, ${')}}; \${$} for a dollar sign`

/** A variable in the text of a payload is one that there is: any other would be sent as it stands, and mean nothing to a device. */
export const variableKnown: Rule = ({ draft, version }) => {
  if (!mayHaveVariables(draft.type) || !version.payload.includes('$')) return []
  return textsIn(draft.payload)
    .filter(({ isKey }) => !isKey)
    .flatMap(({ text, at }) => [
      ...variablesIn(text)
        .filter(({ name }) => !isKnownVariable(name))
        .map((variable) => unknown(variable, at)),
      ...(unfinished(text) < 0 ? [] : [endless(text, at)]),
      ...almostVariables(text).flatMap((name) => misspelt(name, at)),
    ])
}

function unknown({ name, written }: Variable, at: string): Problem {
  const near = nearest(name.trim(), Object.keys(particularNames))
  return refusal('variable-unknown', `Cannot use ${written}: there is no such variable`, {
    at,
    found: written,
    expected: `one of ${KNOWN.join(', ')}`,
    remedy: near === undefined ? REMEDY : `write \${${near}}; \${$} stands for a dollar sign`,
  })
}

/** `$propertie.email` is text, as `$5` is; hardly anybody means it. */
function misspelt(name: string, at: string): readonly Problem[] {
  const [begins = ''] = name.split('.', 1)
  const near = nearest(begins, variableBeginnings)
  if (near === undefined) return []
  const meant = near + name.slice(begins.length)
  return [
    warning('variable-unknown', `$${name} is no variable, and is sent as it stands`, {
      at,
      found: `$${name}`,
      expected: KNOWN.join(', '),
      remedy: `write $${meant} where a variable is meant, \${$}${name} where the text is`,
    }),
  ]
}

function endless(text: string, at: string): Problem {
  const found = text.slice(unfinished(text)).slice(0, 80)
  return refusal('variable-unknown', 'Cannot use ${ here: it begins a variable that has no end', {
    at,
    found,
    expected: 'the name of a variable and }',
    remedy: 'write ${$}{ where a dollar sign and a brace are meant',
  })
}
