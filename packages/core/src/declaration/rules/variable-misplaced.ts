import { type Problem, refusal } from '../../problem.ts'
import { isKnownVariable } from '../../variable/known-variables.ts'
import { mayHaveVariables, textsIn, variablesIn } from '../../variable/template.ts'
import type { Variable } from '../../variable/variable.ts'
import { ACTIVATION_TYPE } from '../declaration.ts'
import { references } from '../references.ts'
import type { Rule } from '../rule.ts'

/**
 * A variable stands in the text of a payload, and nowhere else: not in Identifier and Type, not in keys, not where another declaration is
 * named, and not in declarations that say what a device is to do with others.
 */
export const variableMisplaced: Rule = ({ draft, version }) => {
  const { identifier, type, payload } = draft
  const outside = [
    { text: identifier, at: '/Identifier' },
    { text: type, at: '/Type' },
  ].flatMap(({ text, at }) =>
    misplaced(text, at, 'what a declaration is called is the same for all devices', 'write it out'),
  )
  if (!version.payload.includes('$')) return outside
  const named = new Set(references(type, payload).map(({ at }) => at))
  const inside = textsIn(payload).flatMap(({ text, at, isKey }) => {
    if (!mayHaveVariables(type)) return misplaced(text, at, `${type} has no variables`, remedyFor(type))
    if (isKey) return misplaced(text, at, 'it stands in a key', 'write the key out')
    if (!named.has(at)) return []
    const reason = 'another declaration is named here, and is the same for all devices'
    return misplaced(text, at, reason, 'write its Identifier, and put the variable into that declaration')
  })
  return [...outside, ...inside]
}

function misplaced(text: string, at: string, reason: string, remedy: string): readonly Problem[] {
  const found = variablesIn(text).find((one) => isKnownVariable(one.name) && !isBound(one, text))?.written
  if (found === undefined) return []
  const evidence = { at, found, expected: 'text without variables', remedy }
  return [refusal('variable-misplaced', `Cannot use ${found} here: ${reason}`, evidence)]
}

/** In a predicate `SUBQUERY(…, $device, $device.name == …)` names what it goes through as it likes. */
function isBound({ written }: Variable, text: string): boolean {
  const [word = ''] = /^\$[a-z]+/.exec(written) ?? []
  return word !== '' && text.includes('SUBQUERY') && new RegExp(`\\${word}\\s*,`).test(text)
}

function remedyFor(type: string): string {
  return type === ACTIVATION_TYPE
    ? 'ask for a property in the predicate, with @property(…)'
    : 'put the variable into the declaration that needs its value'
}
