import { refusal } from '../../problem.ts'
import { formatsOf } from '../payload/known-formats.ts'
import type { PayloadRule } from '../payload/payload-place.ts'
import { shown } from '../payload/shown.ts'

/**
 * Text has the form that its key asks for: Apple's regular expression, or what the schema's text says about it.
 *
 * @see apple:docs/schema.yaml (format)
 */
export const payloadFormat: PayloadRule = ({ value, facts, notation, at, name, path }, { draft }) => {
  if (typeof value !== 'string' || !notation.hasType(value, facts.type)) return []
  const broken = formatsOf(draft.type, path, facts).find(({ holds }) => !holds(value))
  if (broken === undefined) return []
  const remedy = broken.remedy?.(value)
  return [
    refusal('payload-format', `Cannot use ${shown(value)} for ${name}: it has to be ${broken.expected}`, {
      at,
      found: value,
      expected: broken.expected,
      ...(remedy === undefined ? {} : { remedy }),
    }),
  ]
}
