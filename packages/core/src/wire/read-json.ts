import { decodeJson, type Json, ProtocolError } from '@edict/protocol'
import type { Mend } from './mend.ts'
import { jsonLimit } from './rules/json-limit.ts'
import { jsonSyntax } from './rules/json-syntax.ts'
import { mendCurly, quotesCurly } from './rules/quotes-curly.ts'
import { mendUnescaped, quotesUnescaped } from './rules/quotes-unescaped.ts'
import { endOfString } from './scan-json.ts'
import type { Flaw, WireRule } from './wire-rule.ts'

/** Something found while reading, at an offset of the text. */
export interface ReadingFlaw extends Flaw {
  readonly rule: WireRule
  readonly offset: number
}

export interface ReadJson {
  /** Undefined when the text could not be read, even with its known slips mended. */
  readonly value: Json | undefined
  /** What was read: the text, with its slips mended and nothing moved. */
  readonly text: string
  readonly flaws: readonly ReadingFlaw[]
}

interface Slip extends Mend {
  readonly rule: WireRule
}

/** Each mend reads the text anew. */
const MOST_OCTETS_MENDED = 8 * 1024 * 1024

/**
 * Reads JSON as it was meant: quotes that people and programs are known to get wrong are told with their place and mended, so
 * that more can be said of what they stand in.
 */
export function readJson(text: string): ReadJson {
  const slips: Slip[] = []
  let current = text
  let first: ProtocolError | undefined
  for (let read = 0; read <= MOST_OCTETS_MENDED; read += text.length + 1) {
    try {
      const value = decodeJson(current, { bigIntegers: 'round' })
      return { value, text: current, flaws: told(slips, current) }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      first ??= error
      const slip = error.code === 'json' ? slipAt(current, offsetOf(error)) : undefined
      if (slip === undefined) break
      slips.push(slip)
      current = slip.text
    }
  }
  return { value: undefined, text, flaws: unread(first, slips, text) }
}

function slipAt(text: string, stopped: number): Slip | undefined {
  const curly = mendCurly(text, stopped)
  if (curly !== undefined) return { ...curly, rule: quotesCurly }
  const unescaped = mendUnescaped(text, stopped)
  return unescaped === undefined ? undefined : { ...unescaped, rule: quotesUnescaped }
}

/** One flaw for each string, with what it should have been. */
function told(slips: readonly Slip[], mended: string): readonly ReadingFlaw[] {
  const perString = new Map<number, Slip>()
  for (const slip of slips) if (!perString.has(slip.string)) perString.set(slip.string, slip)
  return [...perString.values()].map((slip) => {
    const literal = mended.slice(slip.string, endOfString(mended, slip.string))
    return flawOf(slip, literal.length > 240 ? undefined : literal)
  })
}

function flawOf({ rule, offset }: Slip, literal: string | undefined): ReadingFlaw {
  const remedy = literal === undefined ? {} : { remedy: `write ${literal}` }
  if (rule === quotesCurly) {
    const message = 'Cannot read JSON: there are typographic quotes where straight ones belong'
    return { rule, offset, at: '', message, expected: '"', ...remedy }
  }
  const message = 'Cannot read JSON: a quote inside a string ends it, because no backslash is before it'
  return { rule, offset, at: '', message, found: '"', expected: '\\" or \'', ...remedy }
}

/** Reading stopped for good: at a slip that cannot be mended, or at something else. */
function unread(first: ProtocolError | undefined, slips: readonly Slip[], text: string): readonly ReadingFlaw[] {
  const [slip] = slips
  if (slip !== undefined && (slip.rule === quotesCurly || /"Predicate"\s*:\s*$/.test(text.slice(0, slip.string)))) {
    return [flawOf(slip, undefined)]
  }
  if (first === undefined) return []
  const { code, message, expected } = first
  const rule = code === 'json' ? jsonSyntax : jsonLimit
  // The place stands beside the message.
  const said = message.replace(/ at line \d+, column \d+$/, '')
  const offset = offsetOf(first)
  const trailing = /[}\]]/.test(text.charAt(offset)) && text.slice(0, offset).trimEnd().endsWith(',')
  const more = trailing ? { remedy: 'take the comma before it out' } : {}
  return [{ rule, offset, at: '', message: said, ...(expected === undefined ? {} : { expected }), ...more }]
}

function offsetOf({ found }: ProtocolError): number {
  return typeof found === 'number' ? found : 0
}
