import { valueText } from '@edict/predicate'
import type { Json } from '@edict/protocol'
import { originText, type ShownOrigin } from './origin-text.ts'

/** A predicate's node with what it can come to, as the API and a prediction have it. */
export interface TreeNode {
  readonly kind: 'or' | 'and' | 'not' | 'constant' | 'comparison'
  readonly text: string
  readonly outcomes: readonly string[]
  readonly why: string | null
  readonly reached: boolean
  readonly decides: boolean
  readonly operands: readonly TreeNode[]
  readonly parts: readonly TreePart[]
}

interface TreePart {
  readonly text: string
  readonly reads: 'known' | 'nil-or-error' | 'open'
  readonly value: Json
  readonly origin: ShownOrigin | null
  readonly why: string | null
  readonly parts: readonly TreePart[]
}

interface Row {
  readonly value: string
  readonly text: string
  readonly why: string
}

/** A line for each part of a predicate: its value, the part, where that comes from; an arrow where the outcome turns. */
export function predicateTreeLines(tree: TreeNode): readonly string[] {
  const rows = nodeRows(tree, 0)
  const [value, text] = [widest(rows, 'value'), widest(rows, 'text')]
  return rows.map((row) => `${row.value.padEnd(value)}  ${row.text.padEnd(text)}  ${row.why}`.trimEnd())
}

/** One outcome as it is, several that do not leave it open in words, and otherwise that it is not known. */
export function outcomeText(outcomes: readonly string[]): string {
  return outcomes.includes('true') && outcomes.length > 1 ? 'unknown' : outcomes.join(' or ')
}

const WIDEST = 28

function nodeRows(node: TreeNode, depth: number): readonly Row[] {
  const { kind, text, outcomes, why, reached, decides, operands, parts } = node
  const isTurning = decides && !operands.some((operand) => operand.decides)
  const title = kind === 'and' ? 'all of' : kind === 'or' ? 'one of' : kind === 'not' ? 'not' : text
  const row = {
    value: outcomeText(outcomes),
    text: `${isTurning ? '→ ' : '  '}${indent(depth)}${operands.length === 0 ? text : title}`,
    why: reached ? (why ?? '') : 'not looked at',
  }
  return [
    row,
    ...operands.flatMap((operand) => nodeRows(operand, depth + 1)),
    ...parts.flatMap((part) => partRows(part, depth + 1)),
  ]
}

function partRows({ text, reads, value, origin, why, parts }: TreePart, depth: number): readonly Row[] {
  const row = {
    value: reads === 'known' ? valueText(value ?? undefined, WIDEST) : 'unknown',
    text: `  ${indent(depth)}${text}`,
    why: [origin === null ? null : originText(origin), why].filter((note) => note !== null).join('; '),
  }
  return [row, ...parts.flatMap((part) => partRows(part, depth + 1))]
}

function indent(depth: number): string {
  return '  '.repeat(depth)
}

function widest(rows: readonly Row[], key: 'value' | 'text'): number {
  return Math.max(...rows.map((row) => row[key].length))
}
