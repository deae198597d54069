import type { NumberLiteral } from '../ast/nodes.ts'
import { contextualWords, reservedWords } from '../lexer/words.ts'

const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A double-quoted string; what an editor or a wire could damage, or a reader not see, is written as an escape. */
export function printString(value: string): string {
  const escaped = value.replaceAll(
    /["\\\p{Cc}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu,
    (unit) => escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `"${escaped}"`
}

export function printNumber(node: NumberLiteral): string {
  const text = String(node.value)
  return node.real && /^[0-9]+$/.test(text) ? `${text}.0` : text
}

/** A key as it must be written to be read as one. */
export function printKey(name: string): string {
  const upper = name.toUpperCase()
  return reservedWords.has(upper) || contextualWords.has(upper) ? `#${name}` : name
}
