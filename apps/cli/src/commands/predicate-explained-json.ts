import { type Explained, type ExplainedResult, type Explanation, Real, type Value } from '@edict/predicate'

/** An explanation as JSON: its text, place, value and reason for each part; `decides` marks the one that does. */
export function explainedJson({ outcome, tree, deciding, absences }: Explained) {
  return { outcome, deciding: deciding.text, absences, explanation: partJson(tree, deciding) }
}

interface PartJson {
  readonly kind: string
  readonly text: string
  readonly at: Explanation['node']['at']
  readonly children: readonly PartJson[]
  readonly [detail: string]: unknown
}

function partJson(part: Explanation, deciding: Explanation): PartJson {
  const { node, text, result, source, why, skipped, element, children } = part
  return {
    kind: node.kind,
    text,
    at: node.at,
    ...resultJson(result),
    ...(source && { source }),
    ...(why !== undefined && { why }),
    ...(skipped && { skipped }),
    ...(part === deciding && { decides: true }),
    ...(element && { element: { variable: element.variable, value: valueJson(element.value) } }),
    children: children.map((child) => partJson(child, deciding)),
  }
}

/** What is missing has no `value`, so that it is not taken for null. */
function resultJson(result: ExplainedResult): { readonly [key: string]: unknown } {
  if (result.kind === 'error') return { error: { code: result.code, message: result.message } }
  return result.value === undefined ? { missing: true } : { value: valueJson(result.value) }
}

/** Integers beyond 2^53 become strings. */
function valueJson(value: Value): unknown {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Real) return value.value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(valueJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, valueJson(inner as Value)]))
}
