import { type Difference, type Explained, type Explanation, explainText, valueText } from '@edict/predicate'

/** What a change of facts does to a predicate, and which part makes the difference. */
export function differenceText(
  source: string,
  before: Explained,
  after: Explained,
  difference: Difference | undefined,
): string {
  if (!difference) return `\nWhat if: still ${before.outcome.kind}`
  const { deciding, cause } = difference
  const changed = cause ?? deciding
  return [
    '',
    `What if: ${after.outcome.kind} instead of ${before.outcome.kind}`,
    `  ${deciding.after.text}: ${shown(deciding.before)} → ${shown(deciding.after)}`,
    ...(cause ? [`  ${changed.after.text}: ${shown(changed.before)} → ${shown(changed.after)}`] : []),
    '',
    explainText(source, after),
  ].join('\n')
}

function shown({ result }: Explanation): string {
  return result.kind === 'error' ? 'error' : valueText(result.value)
}
