import type { Node } from '../ast/children.ts'
import { isPredicate } from '../ast/is-predicate.ts'
import { nodesOf } from '../ast/nodes-of.ts'
import type { Outcome } from '../compile/outcome.ts'
import { print } from '../printer/print.ts'
import { shortened } from '../printer/shortened.ts'
import { formatError } from '../source/format-error.ts'
import { padded, widthOf } from '../source/visible.ts'
import type { Explained, Explanation } from './explanation.ts'
import { valueText } from './value-text.ts'

const TEXT = 76
const VALUE = 28

/**
 * An explanation for people: what came out and what decided it, then each part on a line with its value, its place in the
 * predicate and why; an arrow marks the part that decided. Plain text without colours.
 */
export function explainText(source: string, explained: Explained): string {
  const rows = rowsOf(explained.tree, explained.deciding, 0)
  const width = Math.max(...rows.map(({ value }) => widthOf(value)))
  const textWidth = Math.max(...rows.map(({ text }) => widthOf(text)))
  const lines = rows.map(({ mark, value, text, why }) =>
    `${mark} ${padded(value, width)}  ${padded(text, textWidth)}  ${why}`.trimEnd(),
  )
  return [headline(source, explained), '', ...lines, ...absenceLines(explained)].join('\n')
}

function headline(source: string, { outcome, deciding, tree }: Explained): string {
  if (outcome.kind === 'error') return `error: ${formatError(source, outcome)}`
  if (deciding === tree) return outcome.kind
  const { result } = deciding
  const came = result.kind === 'value' ? String(result.value) : 'an error'
  return `${outcome.kind}, because ${shortened(deciding.text, TEXT)} is ${came}`
}

interface Row {
  readonly mark: string
  readonly value: string
  readonly text: string
  readonly why: string
}

/** A literal needs no line, nor the variable of an element: they are where they are used. */
function rowsOf(part: Explanation, deciding: Explanation, depth: number): readonly Row[] {
  if ((part.source?.kind === 'literal' || part.node.kind === 'variable') && depth > 0) return []
  const mark = part === deciding ? '→' : ' '
  const text = `${'  '.repeat(depth)}${titleOf(part)}`
  const inner = part.children.flatMap((child) => rowsOf(child, deciding, depth + 1))
  return [{ mark, value: resultText(part), text, why: whyOf(part) }, ...inner]
}

function titleOf({ node, text, element }: Explanation): string {
  const of = element ? `$${element.variable} is ${valueText(element.value, 40)}: ` : ''
  switch (node.kind) {
    case 'and':
      return `${of}all of`
    case 'or':
      return `${of}one of`
    case 'not':
      return `${of}not`
    default:
      return `${of}${shortened(withoutInner(node, text), TEXT)}`
  }
}

/** What stands inside a SUBQUERY has lines of its own. */
function withoutInner(node: Node, text: string): string {
  const inner = nodesOf(node, 'subquery').map((subquery) => print(subquery.predicate))
  return inner.reduce((shown, predicate) => shown.replace(predicate, () => '…'), text)
}

function resultText({ result }: Explanation): string {
  return result.kind === 'error' ? 'error' : valueText(result.value, VALUE)
}

function whyOf(part: Explanation): string {
  const { why, skipped, node } = part
  const notes = [sourceText(part), why, skipped && isPredicate(node) ? 'not looked at' : undefined]
  return notes.filter((note) => note !== undefined).join('; ')
}

const states = {
  present: 'reported',
  absent: 'absent: the device reports no value',
  unsupported: 'this device does not have it',
  'not-subscribed': 'nothing subscribes to it',
  'never-reported': 'not reported yet',
} as const

function sourceText({ source, result }: Explanation): string | undefined {
  const isMissing = result.kind === 'value' && (result.value ?? undefined) === undefined
  if (source?.kind === 'property') return isMissing ? 'property that is not set' : 'property'
  if (source?.kind !== 'status') return undefined
  if (!source.origin) return isMissing ? 'status item without a value' : 'status item'
  const { state, reportedAt } = source.origin
  return reportedAt === undefined ? states[state] : `${states[state]} (${reportedAt})`
}

function absenceLines({ outcome, absences }: Explained): readonly string[] {
  if (absences.length === 0) return []
  const width = Math.max(...absences.map(({ term }) => term.length))
  return [
    '',
    'Were it absent:',
    ...absences.map(({ term, outcome: without }) => `  ${term.padEnd(width)}  ${changed(outcome, without)}`),
  ]
}

function changed(outcome: Outcome, without: Outcome): string {
  return outcome.kind === without.kind ? `still ${without.kind}` : `${without.kind} instead of ${outcome.kind}`
}
